"""Says what can be read on each page of a PDF, as JSON: pdf.py FILE"""

import json
import subprocess
import sys

text = subprocess.run(["pdftotext", "-layout", sys.argv[1], "-"], check=True, capture_output=True).stdout.decode()
print(json.dumps(text.removesuffix("\f").split("\f")))
