// The authorization code flow in plain Node, and one call of the API: the twin of article_client.py and ArticleClient.java.
import { createHash, randomBytes } from "node:crypto";
import { createInterface } from "node:readline/promises";

const server = process.env.GATEWRIGHT_ISSUER ?? "http://localhost:8080";
const clientId = "article-client";
const clientSecret = "article-client-secret-for-development-only-000";
const redirectUri = "http://localhost:8765/callback";

async function answer<T>(response: Response): Promise<T> {
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return (await response.json()) as T;
}

const metadata = await answer<{ issuer: string; authorization_endpoint: string; token_endpoint: string }>(
    await fetch(`${server}/.well-known/openid-configuration`));
const state = randomBytes(32).toString("base64url");
const codeVerifier = randomBytes(32).toString("base64url"); // RFC 7636
const request = new URL(metadata.authorization_endpoint);
request.search = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: "user:read",
    state,
    code_challenge: createHash("sha256").update(codeVerifier).digest("base64url"),
    code_challenge_method: "S256",
}).toString();

console.log(`Please go to ${request} and authorize access.`);
const terminal = createInterface({ input: process.stdin, output: process.stdout });
const redirect = new URL((await terminal.question("Enter the full callback URL: ")).trim()).searchParams;
terminal.close();
if (redirect.get("state") !== state || redirect.get("iss") !== metadata.issuer) { // RFC 9207
    throw new Error("This answers another request, or comes from another server");
}
const code = redirect.get("code");
if (code === null) throw new Error(`Refused: ${redirect.get("error")}`);

const tokens = await answer<{ access_token: string }>(await fetch(metadata.token_endpoint, {
    method: "POST",
    headers: { Authorization: "Basic " + Buffer.from(`${clientId}:${clientSecret}`).toString("base64") },
    body: new URLSearchParams({
        grant_type: "authorization_code",
        code,
        redirect_uri: redirectUri,
        code_verifier: codeVerifier,
    }),
}));
const user = await answer(await fetch(`${server}/api/user`, {
    headers: { Authorization: `Bearer ${tokens.access_token}` },
}));
console.log(JSON.stringify(user, null, 2));
