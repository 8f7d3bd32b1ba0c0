# Intake, files, comparing likely duplicates

## Files
intake-files = Files
intake-files-said = Choose one or more files: PDF, photos or scans, office documents, plain text. Files just chosen have to be chosen again when the page changes.
intake-files-again = The files just chosen were not taken: after sending again, attach them on the page of the document.
intake-files-missing = Choose at least one file.
intake-file-empty = { $name }: the file is empty. Scan or save it again and choose it again.
intake-file-kind = { $name }: this kind of file is not taken. Use PDF, a picture or an office document.
intake-file-macros = { $name }: the document carries macros. Save it without them.
intake-file-large = { $name }: the file is too large. Split it, or scan at a lower resolution.
intake-file-many = { $name }: at most 50 files at a time. Send this one next time.
intake-file-named = { $name }: the name is too long or holds characters that cannot be seen. Rename the file.
intake-file-space = { $name }: the server has no room left. Tell the administrator; documents can still be registered without files.
intake-file-later = { $name }: too many files are waiting. Try again in some minutes.
intake-file-refused = { $name }: the file was not taken. Try again.
intake-file-cut = Files behind a refused one have not been read. Choose them again.
intake-viewer = The document
intake-save = Download the original
intake-attach = Attach files
intake-attach-do = Attach
intake-attached = The files are attached.

## Comparing likely duplicates
intake-compare = Likely duplicate
intake-not-entered = Nothing has been saved. Choose one of the ways below.
intake-both = Both documents
intake-both-said = differences are marked
intake-fact = Field
intake-this = The document being entered
intake-differs = differs
intake-choose = What are the two to each other?
intake-same = The same: open number { $number }
intake-same-said = No new number is given; what was typed is dropped.
intake-other = Different: register it anyway
intake-other-said = A new number is given; the register notes number { $number } beside it.
intake-replaces = A replacement: register it and void number { $number }
intake-replaced = Replaced by a later entry
intake-not-voided = The replacement is registered, but this number could not be voided. If it still has to be, void it at the end of the page to see why.
intake-edit = Change what was typed
