// The conformance suite sends no Authorization header: proxy.mjs TARGET TOKEN adds it, keeping everything else, Host too.
import http from 'node:http';

const target = new URL(process.argv[2]);
const proxy = http.createServer((request, answer) => {
  const onward = http.request(
    { host: target.hostname, port: target.port, path: request.url, method: request.method, headers: { ...request.headers, authorization: `Bearer ${process.argv[3]}` } },
    response => { answer.writeHead(response.statusCode, response.headers); response.pipe(answer); });
  onward.on('error', () => answer.destroy());
  answer.on('close', () => onward.destroy());
  request.pipe(onward);
});
proxy.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${proxy.address().port}/mcp`));
