// The official TypeScript client at a gate with the lean catalogue: lean.mjs COMMAND ARGUMENT...
// Counts the list's tokens as a model does, finds a tool, reads how it is called, calls it, and is refused what is forbidden.
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';

const client = new Client({ name: 'typescript', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
await client.connect(new StdioClientTransport({ command: process.argv[2], args: process.argv.slice(3), env: process.env }));

const fail = (what, detail) => { throw new Error(`${what}: ${JSON.stringify(detail)}`); };
const call = async (name, args) => (await client.callTool({ name, arguments: args })).structuredContent;

const { tools } = await client.listTools();
const tokens = encode(JSON.stringify(tools)).length;
if (tools.length > 15 || tokens > 5000) fail('the list is too long', { tools: tools.length, tokens });
console.log(`lean list: ${tools.length} tools, ${tokens} tokens (o200k_base)`);

const found = await call('tools_find', { query: 'newest network detections in Vectra in short' });
const name = found.tools.find(tool => tool.name === 'vectra_detections_summarize')?.name ?? fail('not found', found);
const described = await call('tools_describe', { tool: name });
if (described.access !== 'read' || described.input_schema.type !== 'object') fail('described otherwise', described);
const read = await call('tools_call', { tool: name, arguments: { limit: 2, tenant: 'production' } });
if (read.detections?.length !== 2) fail('no detections', read);
const direct = await call(name, { limit: 2, tenant: 'production' });
if (JSON.stringify(direct.detections) !== JSON.stringify(read.detections)) fail('a direct call answers otherwise', direct);

const refused = await call('tools_call', { tool: 'vectra_detections_mark_fixed', arguments: { detection_ids: [1], mark_fixed: true }, tenant: 'production' });
if (refused.error?.code !== 'read_only') fail('not refused', refused);
const again = await call('tools_call', { tool: 'tools_call', arguments: { tool: name } });
if (again.error?.code !== 'invalid_arguments') fail('called itself', again);

const { prompts } = await client.listPrompts();
for (const wanted of ['triage_alert', 'scope_incident', 'hunt_indicator', 'review_exposure', 'offboard_device'])
  if (!prompts.some(prompt => prompt.name === wanted)) fail('no prompt', wanted);
const prompt = await client.getPrompt({ name: 'triage_alert', arguments: { alert: '4711' } });
if (!prompt.messages[0].content.text.includes('tools_call')) fail('does not say how to call', prompt);
console.log(`${prompts.length} prompts`);
await client.close();
