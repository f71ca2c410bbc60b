"""Decodes an access token and verifies it by the issuer's public keys (PyJWT).

    python3 verify_token.py <access token>
"""
import json
import os
import sys

import jwt

issuer = os.environ.get('GATEWRIGHT_ISSUER', 'http://localhost:8080')
audience = os.environ.get('GATEWRIGHT_AUDIENCE', issuer)
token = sys.argv[1]

try:
    if jwt.get_unverified_header(token).get('typ') != 'at+jwt':
        raise jwt.InvalidTokenError('this is not an access token')
    key = jwt.PyJWKClient(issuer + '/.well-known/jwks.json').get_signing_key_from_jwt(token)
    claims = jwt.decode(
        token,
        key.key,
        algorithms=['ES256', 'RS256', 'PS256', 'EdDSA'],
        issuer=issuer,
        audience=audience,
        options={'require': ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti']})
except jwt.ExpiredSignatureError:
    sys.exit('expired')
except jwt.InvalidAudienceError:
    sys.exit('not for ' + audience)
except jwt.InvalidSignatureError:
    sys.exit('tampered with')
except jwt.PyJWTError as error:
    sys.exit('refused: %s' % error)

print('verified: ' + json.dumps(claims))
