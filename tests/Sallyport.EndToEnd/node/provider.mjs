// A certified OAuth server on loopback: provider.mjs RESOURCE (jwt|opaque). Says its issuer on one line; POST /rotate changes its signing key.
import http from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const [resource, accessTokenFormat] = process.argv.slice(2);
const secret = 'canary-of-the-client-0123456789abcdef';
const roles = { reader: 'reader', lead: 'soc-leads', nobody: undefined };
let handler, keys = 0;

function start(issuer) {
  const key = (type, options, alg) => ({ ...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }), use: 'sig', alg, kid: `${alg}-${++keys}` });
  const provider = new Provider(issuer, {
    clients: Object.keys(roles).map(id => ({
      client_id: id, client_secret: secret, grant_types: ['client_credentials'], response_types: [], redirect_uris: [],
      token_endpoint_auth_method: 'client_secret_basic', introspection_endpoint_auth_method: 'client_secret_basic', scope: 'mcp other',
    })),
    scopes: ['mcp', 'other'],
    jwks: { keys: [key('rsa', { modulusLength: 2048 }, 'RS256'), key('ec', { namedCurve: 'P-256' }, 'ES256')] },
    extraTokenClaims: (_, token) => (roles[token.clientId] ? { groups: [roles[token.clientId]] } : undefined),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true, allowedPolicy: () => true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_, audience) => ({ scope: 'mcp other', audience, accessTokenTTL: 600, accessTokenFormat, jwt: { sign: { alg: 'RS256' } } }),
      },
    },
  });
  handler = provider.callback();
}

const server = http.createServer((request, answer) => {
  if (request.url !== '/rotate') return handler(request, answer);
  start(`http://127.0.0.1:${server.address().port}`);
  answer.end('rotated');
});
server.listen(0, '127.0.0.1', () => {
  start(`http://127.0.0.1:${server.address().port}`);
  console.log(`http://127.0.0.1:${server.address().port} ${secret} ${resource}`);
});
