"""The Python client that is generated from the contract: create a user, log in, call, and read what was refused."""
import json
import os
import sys

import gatewright_client as gatewright

HOST = os.environ.get("GATEWRIGHT_ISSUER", "http://localhost:8080")
username, password = sys.argv[1:] or ("grace", "a long password of hers")


def at(**configuration):
    return gatewright.ApiClient(gatewright.Configuration(host=HOST, **configuration))


def refusal(call, *arguments, **named):
    """What is refused is an exception: its body is a problem (RFC 9457), or an OAuth error."""
    try:
        call(*arguments, **named)
        return "not refused"
    except gatewright.ApiException as error:
        body = json.loads(error.body)
        return f"{error.status} {body.get('title') or body.get('error')}"


created = gatewright.UsersApi(at()).sign_up(gatewright.SignUpRequest(username=username, password=password))
print("created:", created.username)

tokens = gatewright.LoginApi(at()).log_in(gatewright.LoginRequest(login=username, password=password))
account = gatewright.AccountApi(at(access_token=tokens.access_token))
account.update_user(gatewright.UserPatch(name="Grace Hopper"))
user = account.get_user()
print("changed:", user.name, user.updated_at.tzinfo is not None)
print("wrong password:", refusal(gatewright.LoginApi(at()).log_in, gatewright.LoginRequest(login=username, password="wrong")))
print("too little scope:", refusal(gatewright.UsersApi(at(access_token=tokens.access_token)).list_users))

# A machine, which authenticates by HTTP Basic.
machine = gatewright.TokenApi(at(username="orders-machine", password="orders-machine-secret-for-development-only-000"))
issued = machine.issue_token(
    grant_type="client_credentials", scope="orders:read", resource=["https://api.example/orders"])
print("machine:", issued.scope, machine.introspect_token(token=issued.access_token).active)
print("wrong grant:", refusal(machine.issue_token, grant_type="password"))
