"""What any NATS client may learn of the services, by the micro-service protocol (ADR-32): asks for pings, descriptions
and statistics, and prints the answers as one JSON object.

Arguments: the server, the file of its authority, the file of the user's seed, how many services are expected.
"""

import asyncio
import json
import ssl
import sys

import nats


async def ask_all(client, verb, expected):
    """Everyone answers for themselves; nobody says how many there are."""
    inbox = client.new_inbox()
    answers = await client.subscribe(inbox)
    await client.publish(f"$SRV.{verb}", b"", reply=inbox)
    return [json.loads((await answers.next_msg(timeout=30)).data) for _ in range(expected)]


async def forbidden(client, complained):
    """The server tells of what it does not permit, in its own time, and nothing else happens."""
    await client.publish("call.identity.sign_in.v1", b"{}")
    await asyncio.wait_for(complained.wait(), 30)


async def main():
    server, authority, seed, expected = sys.argv[1:]
    complaints, complained = [], asyncio.Event()

    async def complain(error):
        complaints.append(str(error))
        complained.set()

    client = await nats.connect(
        server,
        tls=ssl.create_default_context(cafile=authority),
        nkeys_seed=seed,
        inbox_prefix="_INBOX_monitor",
        error_cb=complain,
        allow_reconnect=False,
    )
    told = {verb.lower(): await ask_all(client, verb, int(expected)) for verb in ("PING", "INFO", "STATS")}
    one = await client.request("$SRV.INFO.identity", b"", timeout=30)
    told["one"] = json.loads(one.data)
    told["complaints_before"] = list(complaints)
    await forbidden(client, complained)
    told["complaints_after"] = complaints
    print(json.dumps(told))
    await client.close()


asyncio.run(main())
