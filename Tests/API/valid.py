"""Whether the description of the API is valid OpenAPI 3.1, by somebody else's validator.

valid.py ADDRESS
"""

import sys

import requests
from openapi_spec_validator import OpenAPIV31SpecValidator

document = requests.get(f"{sys.argv[1]}/api/v1/openapi.json", timeout=30).json()
errors = [f"{list(error.absolute_path)}: {error.message}" for error in OpenAPIV31SpecValidator(document).iter_errors()]
sys.exit("\n".join(errors) or 0)
