import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A stand-in behind a real socket, for client libraries that bring their own transport: whatever comes is asked of it as if at its own address. */
export async function listen(
  fake: { readonly fetch: typeof fetch },
  address: string,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
        typeof value === 'string' ? [[name, value]] : [],
      )
      fake
        .fetch(new URL(request.url ?? '/', address), {
          method: request.method ?? 'GET',
          headers,
          ...(body === '' ? {} : { body }),
        })
        .then(async (answer) => {
          const text = await answer.text()
          response.writeHead(answer.status, Object.fromEntries(answer.headers))
          response.end(text)
        })
        // What the script cuts is cut on the wire.
        .catch(() => request.socket.destroy())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${String(port)}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
