"""Prints what pyHanko says of each signature of PDFs: python3 - ROOT.pem MOMENT FILE.pdf …"""
import datetime
import logging
import sys
import types


class Absent(types.ModuleType):
    """Stands for the network client: nothing is fetched here."""

    def __getattr__(self, name):
        return type(name, (), {})


sys.modules["aiohttp"] = Absent("aiohttp")
logging.disable(logging.CRITICAL)

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

root, moment, *paths = sys.argv[1:]
trust = lambda: ValidationContext(
    trust_roots=[load_cert_from_pemder(root)],
    allow_fetching=False,
    moment=datetime.datetime.fromisoformat(moment.replace("Z", "+00:00")),
)


def tell(path):
    with open(path, "rb") as file:
        for signature in PdfFileReader(file, strict=True).embedded_signatures:
            try:
                status = validate_pdf_signature(signature, trust(), ts_validation_context=trust())
            except Exception as refusal:
                print(path, signature.field_name, "refused", type(refusal).__name__)
                continue
            stamp = status.timestamp_validity
            print(
                path,
                signature.field_name,
                "valid" if status.bottom_line else "invalid",
                "intact" if status.intact else "altered",
                status.coverage.name.lower(),
                "stamped" if stamp and stamp.valid and stamp.trusted else "unstamped",
            )


for path in paths:
    tell(path)
