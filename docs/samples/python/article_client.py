"""The authorization code flow by requests_oauthlib, and one call of the API.

    OAUTHLIB_INSECURE_TRANSPORT=1 python3 article_client.py
"""
import json
import os

from requests_oauthlib import OAuth2Session

server = os.environ.get('GATEWRIGHT_ISSUER', 'http://localhost:8080')
client_id = 'article-client'
client_secret = 'article-client-secret-for-development-only-000'
redirect_uri = 'http://localhost:8765/callback'

oauth = OAuth2Session(client_id, redirect_uri=redirect_uri)
authorization_url, state = oauth.authorization_url(server + '/oauth2/auth')

print('Please go to %s and authorize access.' % authorization_url)
authorization_response = input('Enter the full callback URL: ')

oauth.fetch_token(
    server + '/oauth2/token',
    authorization_response=authorization_response,
    client_secret=client_secret)

print(json.dumps(oauth.get(server + '/api/user').json(), indent=2))
