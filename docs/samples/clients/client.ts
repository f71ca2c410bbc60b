// The TypeScript client that is generated from the contract: create a user, log in, call, and read what was refused.
import { AccountApi, Configuration, LoginApi, ResponseError, TokenApi, UsersApi } from "./gatewright-client/index.js";

const basePath = process.env.GATEWRIGHT_ISSUER ?? "http://localhost:8080";
const [username = "grace", password = "a long password of hers"] = process.argv.slice(2);
const anyone = new Configuration({ basePath });

const created = await new UsersApi(anyone).signUp({ signUpRequest: { username, password } });
console.log("created:", created.username);

const tokens = await new LoginApi(anyone).logIn({ loginRequest: { login: username, password } });
const asUser = new Configuration({ basePath, accessToken: tokens.accessToken });
const account = new AccountApi(asUser);
await account.updateUser({ userPatch: { name: "Grace Hopper" } });
const user = await account.getUser();
console.log("changed:", user.name, user.updatedAt instanceof Date);

// What is refused is a response: its body is a problem (RFC 9457), or an OAuth error.
async function refusal(call: Promise<unknown>): Promise<string> {
    try {
        await call;
        return "not refused";
    } catch (error) {
        if (!(error instanceof ResponseError)) throw error;
        const body = await error.response.json();
        return `${error.response.status} ${body.title ?? body.error}`;
    }
}
console.log("wrong password:", await refusal(new LoginApi(anyone).logIn({ loginRequest: { login: username, password: "wrong" } })));
console.log("too little scope:", await refusal(new UsersApi(asUser).listUsers()));

// A machine, which authenticates by HTTP Basic.
const machine = new TokenApi(new Configuration({
    basePath,
    username: "orders-machine",
    password: "orders-machine-secret-for-development-only-000",
}));
const resource = ["https://api.example/orders"];
const issued = await machine.issueToken({ grantType: "client_credentials", scope: "orders:read", resource });
console.log("machine:", issued.scope, (await machine.introspectToken({ token: issued.accessToken })).active);
console.log("wrong grant:", await refusal(machine.issueToken({ grantType: "password" })));
