// Asks veraPDF whether files are what they say: PDF/A-2b and PDF/UA-1. Run as a single source file:
//   java -cp <veraPDF and JAXB> Judge.java <file.pdf>...
// Prints a line for each file and flavour, `PASS` or `FAIL` with the clauses that are broken, and ends with 1 when one fails.

import java.io.FileInputStream;
import java.util.TreeSet;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

public class Judge {
    private static final String[] FLAVOURS = {"2b", "ua1"};

    public static void main(String[] files) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        boolean allPass = files.length > 0;
        for (String file : files) {
            for (String flavour : FLAVOURS) {
                allPass &= passes(file, PDFAFlavour.byFlavourId(flavour));
            }
        }
        System.exit(allPass ? 0 : 1);
    }

    private static boolean passes(String file, PDFAFlavour flavour) {
        var foundry = Foundries.defaultInstance();
        try (var parser = foundry.createParser(new FileInputStream(file), flavour)) {
            var result = foundry.createValidator(flavour, false).validate(parser);
            System.out.println((result.isCompliant() ? "PASS " : "FAIL ") + flavour.getId() + " " + file);
            var broken = new TreeSet<String>();
            for (TestAssertion found : result.getTestAssertions()) {
                broken.add(found.getRuleId().getClause() + "-" + found.getRuleId().getTestNumber() + ": " + found.getMessage());
            }
            if (!result.isCompliant()) {
                broken.forEach(line -> System.out.println("  " + line));
            }
            return result.isCompliant();
        } catch (Exception error) {
            System.out.println("FAIL " + flavour.getId() + " " + file + "\n  " + error);
            return false;
        }
    }
}
