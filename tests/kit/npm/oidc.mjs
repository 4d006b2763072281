// A server to sign in at: OAuth 2.0 client_credentials with private_key_jwt, as strict as the trusts' own are. It says one line of JSON
// when it is ready, and stays until it is ended.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { SignJWT, exportJWK } from "jose";
import Provider, { errors } from "oidc-provider";

const EVERYTHING = "system/*.cruds";
const ONLY_READING = "system/*.rs";
const AUDIENCE = "urn:fhir-server-of-the-tests";
// Seconds that a proof may be valid for from now on, and that the clocks of two machines differ by.
const LONGEST = 300;
const TOLERANCE = 10;
const TOKEN_LASTS = 3600;

const pair = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = (of) => of.privateKey.export({ type: "pkcs8", format: "pem" });
const jwk = async (key, more) => ({ ...(await exportJWK(key)), use: "sig", ...more });
const [own, theirs, strange] = [pair(), pair(), pair()];

const client = async (id, alg, scope) => ({
  client_id: id,
  scope,
  grant_types: ["client_credentials"],
  redirect_uris: [],
  response_types: [],
  id_token_signed_response_alg: "RS384",
  token_endpoint_auth_method: "private_key_jwt",
  token_endpoint_auth_signing_alg: alg,
  jwks: { keys: [await jwk(theirs.publicKey, { alg, kid: "pc" })] },
});

const server = createServer();
server.listen(0, "127.0.0.1", async () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const seconds = () => Math.floor(Date.now() / 1000);
  const provider = new Provider(issuer, {
    clients: [
      await client("holdfast", "RS384", EVERYTHING),
      await client("holdfast-512", "RS512", EVERYTHING),
      await client("reader", "RS384", ONLY_READING),
    ],
    jwks: { keys: [await jwk(own.privateKey, { alg: "RS384", kid: "own" })] },
    enabledJWA: { idTokenSigningAlgValues: ["RS384"], clientAuthSigningAlgValues: ["RS384", "RS512"] },
    scopes: [EVERYTHING, ONLY_READING],
    clockTolerance: TOLERANCE,
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => AUDIENCE,
        getResourceServerInfo: () => ({
          scope: `${EVERYTHING} ${ONLY_READING}`,
          audience: AUDIENCE,
          accessTokenFormat: "jwt",
          accessTokenTTL: TOKEN_LASTS,
          jwt: { sign: { alg: "RS384" } },
        }),
      },
    },
    assertJwtClientAuthClaimsAndHeader(_, claims, header) {
      const now = seconds();
      const right =
        header.typ === "JWT" &&
        header.kid === "pc" &&
        claims.sub === claims.iss &&
        // Exactly one audience, and exactly this one.
        claims.aud === issuer &&
        claims.iat <= now + TOLERANCE &&
        claims.exp <= now + LONGEST + TOLERANCE;
      if (!right) throw new errors.InvalidClientAuth("a claim or a header is not as agreed");
    },
  });
  server.on("request", provider.callback());
  const watcher = new SignJWT({ scope: EVERYTHING, client_id: "watcher" }).setProtectedHeader({ alg: "RS384", kid: "own", typ: "at+jwt" });
  watcher.setIssuer(issuer).setSubject("watcher").setAudience(AUDIENCE).setIssuedAt().setExpirationTime("30d").setJti("watcher");
  const ready = { port: server.address().port, audience: AUDIENCE, key: pem(theirs), strange: pem(strange), watcher: await watcher.sign(own.privateKey) };
  console.log(JSON.stringify(ready));
});
