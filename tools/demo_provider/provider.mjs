// The OpenID provider of the demo world and of the tests: a certified implementation, configured
// to offer the cast on one page, one click each. It never leaves this machine.
import { generateKeyPair } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { promisify } from "node:util";
import Provider from "oidc-provider";

const port = Number(process.env.PROVIDER_PORT);
const portal = process.env.PORTAL_BASE_URL;
const folder = process.env.PROVIDER_STATE;
const secret = process.env.PROVIDER_SECRET;
const issuer = `http://127.0.0.1:${port}`;
const cast = JSON.parse(readFileSync(new URL("cast.json", import.meta.url)));

mkdirSync(folder, { recursive: true });
const kept = `${folder}/provider-keys.json`;
if (!existsSync(kept)) {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "demo" };
  const cookie = [...crypto.getRandomValues(new Uint8Array(32))].map((b) => b.toString(16)).join("");
  writeFileSync(kept, JSON.stringify({ jwks: { keys: [key] }, cookie }), { mode: 0o600 });
}
const { jwks, cookie } = JSON.parse(readFileSync(kept));

const provider = new Provider(issuer, {
  clients: [{
    client_id: "good-offices",
    client_secret: secret,
    redirect_uris: [`${portal}/auth/demo/callback`],
    post_logout_redirect_uris: [`${portal}/`],
    backchannel_logout_uri: `${portal}/auth/demo/backchannel-logout`,
    backchannel_logout_session_required: true,
  }],
  jwks,
  cookies: { keys: [cookie], names: { session: "_demo_session", interaction: "_demo_act", resume: "_demo_resume" } },
  claims: { openid: ["sub", "sid", "auth_time", "acr"], profile: ["name"], email: ["email"] },
  conformIdTokenClaims: false,
  ttl: { AccessToken: 3600, Grant: 86400, IdToken: 3600, Interaction: 3600, Session: 86400 },
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        const go = form.replace("</form>", '<button name="logout" value="yes">Sign out</button></form>');
        ctx.body = page("Sign out?", go);
      },
    },
  },
  // The library refuses calls to loopback; here the portal itself is there. It also gives up after
  // 2.5 seconds, and the portal was then not told that somebody signed out.
  fetch: (url, { dispatcher, signal, ...options }) => globalThis.fetch(url, options),
  findAccount: (ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: id, email: id, auth_time: Math.floor(Date.now() / 1000) }),
  }),
  interactions: { url: (ctx, interaction) => `/act/${interaction.uid}` },
  loadExistingGrant: async (ctx) => {
    const { client, session } = ctx.oidc;
    const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope("openid profile email");
    await grant.save();
    return grant;
  },
  renderError: (ctx, out) => { ctx.type = "html"; ctx.body = page("That did not work", `<p>${safe(out.error)}: ${safe(out.error_description ?? "")}</p>`); },
});

const safe = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const page = (title, body) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>
body{font:1rem/1.5 system-ui,sans-serif;background:#f7f6f2;color:#17252b;max-width:40rem;margin:3rem auto;padding:0 1rem}
h1{font:600 1.8rem Georgia,serif}ul{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(16rem,1fr));gap:.6rem}
button{width:100%;text-align:start;padding:.7rem 1rem;font:inherit;background:#fff;color:#17252b;border:1px solid #7b8a91;border-radius:.4rem;cursor:pointer}
small{display:block;color:#4a5a61}input{font:inherit;padding:.5rem;width:100%;box-sizing:border-box;margin:.3rem 0 .6rem}</style></head>
<body><main><h1>${title}</h1>${body}</main></body></html>`;

const act = async (request, response) => {
  const details = await provider.interactionDetails(request, response);
  if (request.method === "POST") {
    let body = "";
    for await (const part of request) body += part;
    const accountId = new URLSearchParams(body).get("who");
    const result = accountId ? { login: { accountId, acr: "demo" } } : { error: "access_denied" };
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }
  const rows = cast.map(({ who, title }) => `<li><button name="who" value="${who}">${title}<small>${who}</small></button></li>`);
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.end(page("Demo sign-in: who are you?", `<p>Nobody here is real; one click signs you in.</p>
<form method="post" action="/act/${details.uid}"><ul>${rows.join("")}</ul></form>
<form method="post" action="/act/${details.uid}"><label for="who">Someone new</label><input id="who" name="who" autocomplete="off" placeholder="name@organisation.example"><button>Sign in</button></form>`));
};

createServer((request, response) => {
  const answer = request.url.startsWith("/act/") ? act(request, response) : provider.callback()(request, response);
  Promise.resolve(answer).catch((error) => { response.statusCode = 500; response.end(String(error.message)); });
}).listen(port, "127.0.0.1", () => console.log(`listening on ${issuer}`));
