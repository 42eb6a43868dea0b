// The official TypeScript client, which knows nothing but the gate's address and its own name: oauth-client.mjs URL ID SECRET TOOL.
import { Client, ClientCredentialsProvider, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const [url, clientId, clientSecret, tool] = process.argv.slice(2);
const authProvider = new ClientCredentialsProvider({ clientId, clientSecret, scope: 'mcp' });
const client = new Client({ name: 'typescript', version: '1.0.0' });
await client.connect(new StreamableHTTPClientTransport(new URL(url), { authProvider }));
const { tools } = await client.listTools();
console.log(tools.some(found => found.name === tool) ? `found ${tool}` : `no ${tool} among ${tools.length}`);
await client.close();
