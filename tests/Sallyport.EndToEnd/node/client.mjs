// The official TypeScript client: client.mjs URL TOKEN (legacy|auto|REVISION), or client.mjs stdio MODE TOOL COMMAND ARGUMENT...
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const isStdio = process.argv[2] === 'stdio';
const [mode, tool] = isStdio ? [process.argv[3], process.argv[4]] : [process.argv[4], 'sample_text_echo'];
const transport = isStdio
  ? new StdioClientTransport({ command: process.argv[5], args: process.argv.slice(6), env: process.env })
  : new StreamableHTTPClientTransport(new URL(process.argv[2]), { requestInit: { headers: { Authorization: `Bearer ${process.argv[3]}` } } });
const client = new Client(
  { name: 'typescript', version: '1.0.0' },
  { versionNegotiation: { mode: mode === 'legacy' || mode === 'auto' ? mode : { pin: mode } } });
await client.connect(transport);
const { tools } = await client.listTools();
if (!tools.some(found => found.name === tool)) throw new Error(`no ${tool} among ${tools.length} tools`);
const result = await client.callTool({ name: tool, arguments: isStdio ? {} : { text: 'héllo' } });
// Over stdio the call carries no arguments: the gate's refusal is a whole result, too.
if ((result.isError && !isStdio) || !result.content[0].text) throw new Error(JSON.stringify(result));
if (JSON.stringify(JSON.parse(result.content[0].text)) !== JSON.stringify(result.structuredContent)) throw new Error('text and structure differ');
console.log(`called ${tool}`);
await client.close();
