// The official TypeScript client over stdio, whose user answers each question alike: elicit.mjs MODE ANSWER TOOL ARGUMENTS COMMAND ARGUMENT...
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const [mode, answer, tool, call, command, ...args] = process.argv.slice(2);
const client = new Client(
  { name: 'typescript', version: '1.0.0' },
  { capabilities: { elicitation: { form: {} } }, versionNegotiation: { mode: mode === 'legacy' ? mode : { pin: mode } } });
client.setRequestHandler('elicitation/create', async request => {
  console.log(`asked: ${request.params.message}`);
  return answer === 'accept' ? { action: 'accept', content: { approve: true } } : { action: answer };
});
await client.connect(new StdioClientTransport({ command, args, env: process.env }));
for (let i = 0; i < 2; i++) {
  const { isError, content } = await client.callTool({ name: tool, arguments: JSON.parse(call) });
  console.log(`${isError ? 'refused' : 'ran'}: ${content[0].text}`);
}
await client.close();
