# Files through ordinary forms: handwriting, files of outgoing documents, spreadsheets

## Files
handed-file-limit = Each file up to { $size }, at most 50 at a time.
handed-file-limit-one = At most { $size }.
handed-no-sheet = { $name }: this is no spreadsheet. Save it as XLSX or CSV.
handed-detach = Take off
handed-done-detached = The file was taken off.
handed-back = Back

## Handwriting on the paper
handed-hand = Written on the paper
handed-transcribe = Transcribe an instruction
handed-transcribe-why = A leader has written on the paper: transcribe it with its scan so that work begins at once. Its author or the chief of office confirms it later.
handed-transcribe-title = Transcribe an instruction from the paper
handed-author = Whose hand it is
handed-author-missing = Choose whose hand it is, and the position in which they wrote.
handed-hands-none = Nobody holds a position that instructs on incoming documents yet.
handed-written = Day on which it was written
handed-answers-proposal = Answers the proposal of { $at }
handed-scan = Picture or scan of the handwriting
handed-scan-said = One PDF or picture that shows the handwriting.
handed-scan-missing = Attach the picture or scan of the handwriting.
handed-transcribe-said = It works at once and bears both names, the author's and yours. Who transcribes does not confirm.
handed-transcribe-do = Transcribe
handed-done-transcribed = The instruction was transcribed; its author or the chief of office is to confirm it.

## Files of outgoing documents
handed-draft-files = Files of the draft
handed-draft-files-said = PDF, pictures, office documents, plain text. They can be taken off until the number is given.
handed-signed-copy = Signed copy
handed-signed-copy-said = The scan of the signed and sealed copy of an issued document. Once attached it stays.

## Directory imports
handed-begin = Import a spreadsheet
handed-begin-do = Upload and try out
handed-begin-said = It is tried out at once; nothing changes until it is put into force. Nobody gets an account by an import.
handed-rows-are = Each row is
handed-kind-missing = Choose whether the rows are units or people.
handed-from = In force from
handed-sheet = Spreadsheet
handed-sheet-missing = Choose a spreadsheet.
handed-directory-said = XLSX, or CSV in UTF-8 with commas, semicolons or tabs; the first row holds the heads; at most 8 MB and 2,000 rows.
handed-done-begun = The spreadsheet was taken and tried out; see below.
handed-done-mapped = The columns were mapped and the spreadsheet was tried out again.
handed-nothing-changed = nothing was changed
handed-became = What became of it
handed-would-add = Would be added
handed-would-keep = There already, stays as it is
handed-would-mend = Faults to be mended
handed-row-waiting = Waiting
handed-row-made = Entered
handed-row-failed = Could not be entered
handed-row-undone = Undone
handed-row-kept = Kept because it is in use
handed-made = Entered
handed-made-row = Row { $row }
handed-made-person = Open the person
handed-made-unit = Open the unit

## Mapping of columns
handed-mapping = Columns
handed-mapping-said = Columns with usual heads are recognised. For others, write the head exactly as it stands in the spreadsheet, and try it out again.
handed-holds = What it holds
handed-taken = Recognised column
handed-head = Head in the spreadsheet
handed-map = Map and try out again
handed-column-office = Code of the office
handed-column-name = Name of the unit, or full name
handed-column-parent = Unit above
handed-column-body = Code in symbols
handed-column-unit = Unit
handed-column-title = Position
handed-column-roles = Roles
handed-column-head = Head of the unit
handed-column-contact = Contact
handed-column-instrument = Decision
handed-column-from = First day
handed-column-number = Arrival number
handed-column-arrived = Arrival day
handed-column-author_body = Author
handed-column-symbol = Number and symbol
handed-column-document_day = Day of the document
handed-column-genre_name = Genre
handed-column-summary = Summary
handed-column-urgency = Urgency
handed-column-secrecy = Secrecy
handed-column-pages = Pages
handed-column-due = Due day
handed-column-note = Note

## Opening acts
handed-opening-title = Draw up an opening act
handed-opening-said = When an office comes from paper books in mid-term: its registers open with the next number of the paper book, and incoming papers that are open still are entered. Nothing changes until it is put into force.
handed-opening-act = The act
handed-instrument = Number and symbol of the act
handed-act-day = Day of the act
handed-signatory = Who signed, as printed
handed-signed-by = Who signed, in the directory
handed-signed-by-none = Not named
handed-books = Registers that it opens
handed-books-said = a line without a next number is left out
handed-books-none = This act opens no register.
handed-book = Register { $nth }
handed-next-number = Next number
handed-more-books = More lines
handed-opening-do = Draw up the draft
handed-opening-apply = Put the signed act into force
handed-opening-undo = Only as long as its registers have given no number and none of its papers was worked on. A draft is given up.
handed-open-papers = Incoming papers that are open still
handed-papers = Papers entered
handed-papers-said = XLSX, or CSV in UTF-8; one paper a row below the heads; at most 8 MB and 5,000 rows. A further file takes the place of the one before.
handed-papers-mapping = Columns with usual heads are recognised. For others, write the head exactly as it stands, and choose the file again.
handed-done-opening = The draft was drawn up. Bring in the papers that are open still, if there are any, and put it into force.
handed-done-applied = In force: the registers are open.
handed-done-undone = Undone.

## Drafts as Word documents
word-title = A draft from Word
word-file = Word document (.docx)
word-file-said = Its words become the next version; the file is kept. Fonts of TCVN3 and VNI turn into Unicode. At most 32 MB.
word-import = Bring it in
word-read = The Word document was read
word-read-said = It is version { $nth } of the draft. Look it over before it goes on.
word-notes = To be looked over
word-notes-none = Nothing was left out or changed.
word-look = Look at the draft
word-download = Download as Word
