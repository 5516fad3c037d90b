// Talking with the server.

/** What the server refuses comes as an Error with its own words. */
async function ask(path, options) {
  let reply;
  try {
    reply = await fetch(path, options);
  } catch {
    throw new Error('The sketchpad does not answer. Is it still running?');
  }
  if (!reply.ok) {
    const { error } = await reply.json().catch(() => ({}));
    throw new Error(error ?? `The sketchpad answered with status ${reply.status}.`);
  }
  return reply;
}

/** Reads a safetensors file: names in `metadata`, and `tensors` by name, each with dims and values. */
function readTensors(buffer) {
  const headerBytes = Number(new DataView(buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, headerBytes)));
  const { __metadata__: metadata = {}, ...entries } = header;
  const tensors = {};
  for (const [name, { shape, data_offsets: [start, end] }] of Object.entries(entries)) {
    const values = new Float32Array(buffer, 8 + headerBytes + start, (end - start) / 4);
    tensors[name] = { dims: shape, values };
  }
  return { metadata, tensors };
}

async function askTensors(path, options) {
  return readTensors(await (await ask(path, options)).arrayBuffer());
}

const json = (method, value) => ({
  method,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(value),
});

/** All values on the way of a drawing, { strokes }, or of a picture, a File. */
export async function look(drawing) {
  const request = drawing instanceof Blob
    ? { method: 'POST', headers: { 'Content-Type': drawing.type }, body: drawing }
    : json('POST', drawing);
  const { metadata, tensors } = await askTensors('/api/look', request);
  return { names: metadata.names.split('\n'), tensors };
}

/** The weights of all layers by name. */
export async function weights() {
  return (await askTensors('/api/weights')).tensors;
}

/** What is known: names, symbols, room. */
export async function known() {
  return (await ask('/api/symbols')).json();
}

/** Teaches a symbol, { name, drawings }. */
export async function teach(symbol) {
  return (await ask('/api/symbols', json('POST', symbol))).json();
}

/** Forgets a symbol. */
export async function forget(name) {
  const path = '/api/symbols?name=' + encodeURIComponent(name);
  return (await ask(path, { method: 'DELETE' })).json();
}
