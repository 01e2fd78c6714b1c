"""Writes the list of parts of an image (CycloneDX 1.6, JSON): python parts.py IMAGE NAME VERSION DATE."""

import hashlib
import json
import re
import sys
import uuid
from pathlib import Path

image, name, version, date = Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
# The list of licences, which a test compares with the jars.
row = re.compile(r"\| `(?P<group>[^:`]+):(?P<name>[^`]+)` \| (?P<version>\S+) \| (?P<licence>\S+)")
known = {f"{m['name']}-{m['version']}.jar": m for m in map(row.match, (image / "THIRD-PARTY.md").read_text().splitlines()) if m}


def component(kind, group, name, version, licence, purl, file=None):
    part = {"type": kind, "bom-ref": purl, "group": group, "name": name, "version": version, "purl": purl}
    expression = " " in licence
    part["licenses"] = [{"expression": licence} if expression else {"license": {"id": licence}}]
    if file:
        # Of the file as it is shipped: some jars lost the native libraries of other systems.
        part["hashes"] = [{"alg": "SHA-256", "content": hashlib.sha256(file.read_bytes()).hexdigest()}]
    return {key: value for key, value in part.items() if value}


parts = []
for jar in sorted((image / "lib").glob("*.jar")):
    if jar.name in known:
        m = known[jar.name]
        parts.append(component("library", m["group"], m["name"], m["version"], m["licence"], f"pkg:maven/{m['group']}/{m['name']}@{m['version']}", jar))
    elif jar.name.startswith("compnn-"):
        own = jar.name.removesuffix(f"-{version}.jar")
        parts.append(component("library", "org.compnn", own, version, "Apache-2.0", f"pkg:maven/org.compnn/{own}@{version}", jar))
    elif jar.name != "compnn.jar":
        raise SystemExit(f"{jar.name}: expected a line in THIRD-PARTY.md, found none; add it")
java = re.search(r'JAVA_VERSION="([^"]+)"', (image / "runtime" / "release").read_text())[1]
parts.append(component("platform", "", "OpenJDK", java, "GPL-2.0-only WITH Classpath-exception-2.0", f"pkg:generic/openjdk@{java}"))

json.dump(
    {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name + version + date)}",
        "version": 1,
        "metadata": {
            "timestamp": date,
            "component": {"type": "application", "bom-ref": f"pkg:generic/{name}@{version}", "name": name, "version": version, "licenses": [{"license": {"id": "Apache-2.0"}}]},
        },
        "components": parts,
        "dependencies": [{"ref": f"pkg:generic/{name}@{version}", "dependsOn": [part["bom-ref"] for part in parts]}],
    },
    sys.stdout,
    indent=1,
)
print()
