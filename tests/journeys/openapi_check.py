"""An independent opinion on our OpenAPI document: is it valid, and do examples and live answers fit its schemas?

Reads `{"document": …, "answers": [{"operation": …, "status": …, "body": …}]}` from standard input and prints what is
wrong, a line each; nothing when all is well.
"""

import json
import sys

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

given = json.load(sys.stdin)
document = given["document"]
for error in OpenAPIV31SpecValidator(document).iter_errors():
    print(f"document: {error.message[:300]} at {list(error.absolute_path)}")

registry = Registry().with_resource("urn:api", Resource(contents=document, specification=DRAFT202012))


def complain(what, schema, value):
    """Prints each way in which a value does not fit a schema of the document."""
    anchored = json.loads(json.dumps(schema).replace('"#/components/', '"urn:api#/components/'))
    for error in Draft202012Validator(anchored, registry=registry).iter_errors(value):
        print(f"{what}: {error.message[:300]} at {list(error.absolute_path)}")


def json_of(content):
    return (content or {}).get("application/json", {})


operations = {}
for path, methods in document["paths"].items():
    for method, operation in methods.items():
        if not isinstance(operation, dict) or "operationId" not in operation:
            continue
        operations[operation["operationId"]] = operation
        for status, response in operation["responses"].items():
            body = json_of(response.get("content"))
            if "example" in body:
                # Placeholders stand for ids.
                text = json.dumps(body["example"])
                if "{" not in text.replace('{"', "").replace("{}", ""):
                    complain(f"example of {operation['operationId']} {status}", body["schema"], body["example"])

for answer in given["answers"]:
    response = operations[answer["operation"]]["responses"].get(str(answer["status"]))
    if response is None:
        print(f"{answer['operation']} answered {answer['status']}, which the document does not know")
        continue
    schema = json_of(response.get("content")).get("schema")
    if schema is not None:
        complain(f"answer of {answer['operation']} {answer['status']}", schema, answer["body"])
