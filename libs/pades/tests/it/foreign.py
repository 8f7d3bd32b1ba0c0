"""Signs a PDF as pyHanko does: python3 - KIND MOMENT IN.pdf OUT.pdf, with its files in the folder."""
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

from pyhanko.keys import load_cert_from_pemder, load_private_key_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers, timestamps
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

kind, moment, given, made = sys.argv[1:]
moment = datetime.datetime.fromisoformat(moment.replace("Z", "+00:00"))
root = load_cert_from_pemder("root.pem")
registry = SimpleCertificateStore()
registry.register(root)
signer = signers.SimpleSigner(
    signing_cert=load_cert_from_pemder("person.pem"),
    signing_key=load_private_key_from_pemder("person.key", None),
    cert_registry=registry,
)
stamper = None
wanted = {"subfilter": SigSeedSubFilter.ADOBE_PKCS7_DETACHED}
if kind == "archived":
    stamper = timestamps.DummyTimeStamper(
        tsa_cert=load_cert_from_pemder("stamper.pem"),
        tsa_key=load_private_key_from_pemder("stamper.key", None),
        certs_to_embed=registry,
        fixed_dt=moment,
    )
    wanted = {
        "subfilter": SigSeedSubFilter.PADES,
        "embed_validation_info": True,
        "use_pades_lta": True,
        "validation_context": ValidationContext(
            trust_roots=[root],
            crls=[open("list.crl", "rb").read()],
            allow_fetching=False,
            revocation_mode="require",
            moment=moment,
        ),
    }
if kind == "certified":
    wanted |= {"certify": True, "docmdp_permissions": MDPPerm.NO_CHANGES}
box = (40, 40, 240, 100) if kind == "visible" else None
with open(given, "rb") as file, open(made, "wb") as out:
    signers.PdfSigner(
        signers.PdfSignatureMetadata(field_name="Chu ky", **wanted),
        signer=signer,
        timestamper=stamper,
        new_field_spec=SigFieldSpec("Chu ky", box=box) if box else None,
    ).sign_pdf(IncrementalPdfFileWriter(file), output=out)
