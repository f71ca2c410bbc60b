// Keeps what was authorized usable: an access token that is about to expire is renewed before the request that needs it, and
// where that cannot be done, or the server no longer accepts the token, the page says so and offers to authorize again.

const SCHEME = "oauth2";

// Seconds before its expiry from when on an access token is no longer sent.
const MARGIN = 10;

export function sessions() {
  let system = null;
  let held = null; // { auth, token, expiresAt }, as Swagger UI has it
  let renewal = null; // under way: requests at the same time share it

  const hold = ({ auth, token }) => {
    held = { auth, token, expiresAt: Date.now() + (token.expires_in ?? Infinity) * 1000 };
    dismiss();
  };

  const bearer = () => "Bearer " + held.token.access_token;

  const isDue = () => Date.now() > held.expiresAt - MARGIN * 1000;

  const basic = (id, secret) =>
    "Basic " + btoa([id, secret].map((part) => new URLSearchParams({ x: part }).toString().slice(2)).join(":"));

  // What gets the next access token, or null where only the user can help.
  const renewalRequest = () => {
    const { auth, token } = held;
    if (token.refresh_token) {
      return { body: { grant_type: "refresh_token", refresh_token: token.refresh_token, client_id: auth.clientId } };
    }
    return auth.schema.get("flow") === "clientCredentials"
      ? {
          headers: { Authorization: basic(auth.clientId, auth.clientSecret) },
          body: { grant_type: "client_credentials", scope: auth.scopes.join(" ") },
        }
      : null;
  };

  const renew = async () => {
    const request = renewalRequest();
    const answer =
      request &&
      (await fetch("/oauth2/token", { method: "POST", headers: request.headers, body: new URLSearchParams(request.body) }));
    if (answer?.ok) {
      system.authActions.authorizeOauth2({ auth: held.auth, token: { ...held.token, ...(await answer.json()) } });
    } else {
      end("Your access token has expired.");
    }
  };

  const end = (why) => {
    system.authActions.logout([SCHEME]);
    announce(why);
  };

  const announce = (why) => {
    dismiss();
    const notice = document.createElement("div");
    notice.className = "authorize-again";
    notice.setAttribute("role", "alert");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Authorize again";
    button.addEventListener("click", () => {
      dismiss();
      system.authActions.showDefinitions(system.authSelectors.definitionsToAuthorize());
    });
    notice.append(why + " ", button);
    document.querySelector(".site-header").after(notice);
  };

  const dismiss = () => document.querySelector(".authorize-again")?.remove();

  return {
    plugin: (given) => {
      system = given;
      return {
        statePlugins: {
          auth: {
            wrapActions: {
              authorizeOauth2: (original) => (payload) => {
                hold(payload);
                return original(payload);
              },
              logout: (original) => (names) => {
                if (names.includes(SCHEME)) {
                  held = null;
                }
                return original(names);
              },
            },
          },
        },
        // Each flow has a client of its own, and scopes that are worth asking for.
        wrapComponents: {
          oauth2: (Original, { React, Im }) => (props) => {
            const machine = props.schema.get("flow") === "clientCredentials";
            const configs = props.authSelectors.getConfigs();
            const own = machine
              ? { ...configs, clientId: "", scopes: props.schema.get("scopes", Im.Map()).keySeq().filter((s) => s.endsWith(":read")).toArray() }
              : configs;
            return React.createElement(Original, { ...props, authSelectors: { ...props.authSelectors, getConfigs: () => own } });
          },
        },
      };
    },

    beforeRequest: async (request) => {
      if (held && request.headers?.Authorization === bearer() && isDue()) {
        renewal ??= renew().finally(() => (renewal = null));
        await renewal;
        if (held) {
          request.headers.Authorization = bearer();
        } else {
          delete request.headers.Authorization;
        }
      }
      return request;
    },

    afterResponse: (response) => {
      const refused = /error="invalid_token"/.test(response.headers?.["www-authenticate"] ?? "");
      if (held && response.status === 401 && refused) {
        end("The server no longer accepts your access token.");
      }
      return response;
    },
  };
}
