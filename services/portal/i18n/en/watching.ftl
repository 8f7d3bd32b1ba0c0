# The audit log, and how the services are

## Menu and titles
watching-audit = Audit log
watching-audit-said = Who did what, when, to which record. The log holds no contents, only hashes that can prove them. It is read 92 days at a time; left empty, the last 30.
watching-health = Health
watching-health-said = Each service and what it leans on, at the moment this page was opened.
watching-proof = Check of the log
watching-proof-said = Each service holds its whole log against the signed checkpoints. A long log may take minutes; the page opens itself again meanwhile.

## The log
watching-export = Export as CSV
watching-check = Check the log
watching-check-again = Check again
watching-acts = Acts, newest first
watching-when = When
watching-who = Who
watching-what = What
watching-noun = Record
watching-any = All
watching-none = Nothing was done in these days.
watching-none-filter = Nothing fits these filters.
watching-clear = Clear the filters
watching-unsealed = not yet sealed
watching-elsewhere = Somebody of another office
watching-vacant = a vacant position
watching-by-service = The system ({ $service })
watching-by-nobody = Somebody not signed in
watching-on-behalf = for: { $name }
admin-field-tu = From
admin-field-den = To
admin-field-nguoi = Who
admin-field-loai = Kind of record
admin-field-ma = Id of the record
admin-field-viec = Code of the act

## The export
watching-csv-when = When
watching-csv-who = Who
watching-csv-behalf = On behalf of
watching-csv-what = What
watching-csv-act = Code of the act
watching-csv-noun = Kind of record
watching-csv-id = Id of the record
watching-csv-fields = Fields that were set
watching-export-cut = Only the newest 2,000 acts; narrow the days to have the rest.

## The check
watching-verdict = Result
watching-logs = Log of each service
watching-service = Service
watching-state = State
watching-records = Sealed records
watching-checkpoint = Last checkpoint
watching-sound-all = The log holds: nothing was changed, lost or put in since the first record.
watching-checking-all = The check is at work; the page opens itself again in a few seconds.
watching-checking = Checking
watching-sound = Holds
watching-broken-chip = Does not hold
watching-unread = Could not be read
watching-place = Record { $place }.
watching-broken = The log does not hold
watching-broken-in = Service { $service }: { $how }
watching-broken-stop = Do not restart, mend or delete anything on the server.
watching-broken-keep = Note the time and take a picture of this page.
watching-broken-copy = Keep every backup; let no new one overwrite an old one.
watching-breach-record = a record differs from what was sealed.
watching-breach-place = a record is missing, or two claim one place.
watching-breach-root = a checkpoint does not fit the records before it.
watching-breach-unsigned = checkpoints were taken away.
watching-breach-signature = the signature of a checkpoint does not hold.
watching-breach-truncated = the log was cut, or an old copy put back.
watching-call = Call whoever runs the system at once, and tell the chief of office.
watching-call-phone = Call { $phone } at once, and tell the chief of office.

## Health
watching-reload = Look again
watching-well = All services are well.
watching-late = Something should be looked at
watching-bad = A service cannot do its work
watching-version = Version { $version }, at work since { $since }
watching-part = Part
watching-waiting = Waiting
watching-took = Longest
watching-free = { $size } free
watching-ms = { $number } ms
watching-seconds = { $number } s
watching-minutes = { $number } min
watching-state-good = Well
watching-state-late = Look at it
watching-state-bad = Broken
watching-part-database = Database
watching-part-courier = Courier
watching-part-outbox = Events to be sent
watching-part-consumer = Events still to apply from
watching-part-dead-letters = Events put aside
watching-part-jobs = Jobs that are due
watching-part-parked-jobs = Jobs put aside
watching-part-seal = Acts to be sealed
watching-part-room = Room on the disk
watching-part-clock = Clock
watching-room-files = files
watching-room-database = database
watching-silent-do = { $service }: does not answer. See whether it runs; read its technical log, then start it again.
watching-do-database = { $service }: the database does not answer, or is slow. Look at its disk and server.
watching-do-courier = { $service }: the courier cannot be reached. Start it again; services connect by themselves.
watching-do-outbox = { $service }: events are not sent. Nothing is lost; look at the courier and its disk.
watching-do-consumer = { $service }: behind with events from { $of }, so what it shows may be old. Look again in a few minutes; if it does not fall, tell the operator.
watching-do-dead-letters = { $service }: events from { $of } could not be applied. Delete nothing; tell the operator.
watching-do-jobs = { $service }: jobs are late. Start the service again if it lasts.
watching-do-parked-jobs = { $service }: jobs failed too often and were put aside. Tell the operator.
watching-do-seal = { $service }: acts are not sealed. Start the service again; if it stays, tell whoever answers for the log.
watching-do-room = { $service }: the disk of the { $of } fills up. Add room or move old backups; delete nothing in the data folder.
watching-do-clock = { $service }: its clock differs from this machine's. Set the servers by a time server.

## Permissions
account-may-audit-read = Read the audit log
account-may-health-read = See how the system is
admin-may-audit-read = Read and check the audit log
admin-may-health-read = See how the system is
watching-certificate = Certificate of the door
watching-certificate-ends = Good until { $day }. One that the door makes is renewed 30 days before; one that was bought has to be replaced, and the door started anew.
watching-certificate-none = The door holds no certificate: it listens within this machine only, or a server in front of it sees to encryption.
watching-do-certificate = The certificate of the door ends on { $day }. Replace it before, or no browser will get in.
watching-browsers = Browsers seen
watching-since-start = since the portal started
watching-browser = Browser
watching-browser-good = still mended
watching-browser-old = too old, not mended any more: update it
watching-browser-unknown = unknown
watching-browser-other = Other
watching-times = Times
watching-last = Last
watching-kept-out = Foreign content kept out
watching-kept-out-what = Kept out
watching-kept-out-page = On page
watching-kept-out-none = No browser has reported foreign content.
