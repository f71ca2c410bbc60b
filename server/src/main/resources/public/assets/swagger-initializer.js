import { prefilled } from "./swagger-prefill.js";
import { sessions } from "./swagger-sessions.js";

// Swagger UI has a dark look, but leaves it to the page to choose.
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const followColorScheme = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", followColorScheme);
followColorScheme();

// The last input of the authorization dialog would take the focus, and scroll the first scheme out of sight.
const noAutoFocus = () => ({
  wrapComponents: {
    Input: (Original, { React }) => ({ autoFocus, ...props }) => React.createElement(Original, props),
  },
});

const session = sessions();

const ui = SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  oauth2RedirectUrl: window.location.origin + "/swagger-ui/oauth2-redirect.html",
  persistAuthorization: false,
  deepLinking: true,
  filter: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  requestInterceptor: session.beforeRequest,
  responseInterceptor: session.afterResponse,
  plugins: [noAutoFocus, prefilled, session.plugin],
});

ui.initOAuth({
  clientId: "swagger-ui",
  scopes: "openid profile email user:read user:write",
  usePkceWithAuthorizationCodeGrant: true,
});
