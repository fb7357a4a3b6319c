// An independent verifier, written from the texts of C2SP tlog-tiles, signed-note, tlog-checkpoint
// and tlog-proof, RFC 6962 and the DSSE specification, with nothing but node:crypto.
// usage: node verify.mjs LOGDIR VKEYFILE [PROOFFILE]
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync, existsSync } from 'node:fs';

const sha256 = (...parts) => parts.reduce((h, p) => h.update(p), createHash('sha256')).digest();
const leafHash = (entry) => sha256(Buffer.of(0), entry);
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);
const must = (condition, message) => { if (!condition) throw new Error(message); };

function ed25519(raw) {
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]);
  return { key: createPublicKey({ key: spki, format: 'der', type: 'spki' }), id: sha256(spki).toString('hex') };
}

// <name>+<hash>+<base64 of type and key>: signed-note, "Verifier keys".
function parseVkey(text) {
  const first = text.indexOf('+');
  const second = text.indexOf('+', first + 1);
  const name = text.slice(0, first);
  const typed = Buffer.from(text.slice(second + 1), 'base64');
  const hash = sha256(Buffer.from(name + '\n'), typed).subarray(0, 4);
  must(hash.toString('hex') === text.slice(first + 1, second), 'verifier key hash');
  return { name, hash, type: typed[0], raw: typed.subarray(1) };
}

// The text ends at the last blank line; what follows are signature lines.
function openNote(note, vkey) {
  const split = note.lastIndexOf('\n\n');
  must(split > 0 && note.endsWith('\n'), 'note form');
  const text = note.slice(0, split + 1);
  for (const line of note.slice(split + 2, -1).split('\n')) {
    const [dash, name, base64] = line.split(' ');
    must(dash === '\u2014' && name && base64, 'signature line');
    const signature = Buffer.from(base64, 'base64');
    if (name === vkey.name && signature.subarray(0, 4).equals(vkey.hash)) {
      must(verify(null, Buffer.from(text), ed25519(vkey.raw).key, signature.subarray(4)), 'note signature');
      return text;
    }
  }
  throw new Error('no signature by ' + vkey.name);
}

function parseCheckpoint(text, origin) {
  const [first, size, root, end] = text.split('\n');
  must(first === origin && end === '', 'checkpoint origin or extension lines');
  must(/^(0|[1-9][0-9]*)$/.test(size), 'tree size');
  return { size: Number(size), root: Buffer.from(root, 'base64') };
}

function tilePath(index) {
  let path = String(index % 1000).padStart(3, '0');
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = 'x' + String(rest % 1000).padStart(3, '0') + '/' + path;
  }
  return path;
}

function readTile(dir, kind, index, width) {
  const full = `${dir}/tile/${kind}/${tilePath(index)}`;
  const partial = `${full}.p/${width}`;
  return readFileSync(width < 256 && existsSync(partial) ? partial : full);
}

function* entries(dir, size) {
  for (let tile = 0; tile * 256 < size; tile++) {
    const width = Math.min(256, size - tile * 256);
    const bundle = readTile(dir, 'entries', tile, width);
    for (let at = 0, i = 0; i < width; i++) {
      const length = bundle.readUInt16BE(at);
      yield bundle.subarray(at + 2, at + 2 + length);
      at += 2 + length;
    }
  }
}

// RFC 6962 section 2.1, bottom up: pairs are hashed, an odd last node moves up unchanged.
function merkleRoot(hashes) {
  if (hashes.length === 0) return sha256();
  let level = hashes;
  while (level.length > 1) {
    const next = [];
    for (let i = 0; i < level.length; i += 2) {
      next.push(i + 1 < level.length ? nodeHash(level[i], level[i + 1]) : level[i]);
    }
    level = next;
  }
  return level[0];
}

// Every tile of every level against the leaves: tlog-tiles, "Merkle Tree".
function checkTiles(dir, leaves) {
  let hashes = leaves;
  for (let level = 0; hashes.length > 0; level++) {
    const above = [];
    for (let tile = 0; tile * 256 < hashes.length; tile++) {
      const part = hashes.slice(tile * 256, tile * 256 + 256);
      const stored = readTile(dir, level, tile, part.length);
      must(stored.subarray(0, part.length * 32).equals(Buffer.concat(part)), `tile ${level}/${tile}`);
      if (part.length === 256) above.push(merkleRoot(part));
    }
    hashes = above;
  }
}

function checkReceipt(entry, index, previous, origin, keys) {
  const envelope = JSON.parse(entry);
  const payload = Buffer.from(envelope.payload, 'base64');
  const pae = Buffer.concat([
    Buffer.from(`DSSEv1 ${envelope.payloadType.length} ${envelope.payloadType} ${payload.length} `), payload]);
  const [signature] = envelope.signatures;
  const key = keys.get(signature.keyid);
  must(key && verify(null, pae, key, Buffer.from(signature.sig, 'base64')), `signature of receipt ${index}`);
  const statement = JSON.parse(payload);
  must(statement._type === 'https://in-toto.io/Statement/v1', 'statement type');
  must(statement.predicate.sequence === index, `sequence of receipt ${index}`);
  must(statement.predicate.source === origin, `source of receipt ${index}`);
  if (previous) must(statement.predicate.previous === 'sha256:' + previous.toString('hex'), `chain at ${index}`);
}

function checkProof(text, vkey, keys) {
  const split = text.indexOf('\n\n');
  const lines = text.slice(0, split).split('\n');
  must(lines.shift() === 'c2sp.org/tlog-proof@v1', 'proof header');
  const entry = Buffer.from(lines.shift().slice('extra '.length), 'base64');
  const index = Number(lines.shift().slice('index '.length));
  const { size, root } = parseCheckpoint(openNote(text.slice(split + 2), vkey), vkey.name);
  let hash = leafHash(entry);
  let node = index;
  let last = size - 1;
  for (const sibling of lines.map((line) => Buffer.from(line, 'base64'))) {
    while (node % 2 === 0 && node === last) { node /= 2; last = Math.floor(last / 2); }
    hash = node % 2 === 1 ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  must(hash.equals(root), 'inclusion proof');
  checkReceipt(entry, index, null, vkey.name, keys);
  return index;
}

const [dir, vkeyFile, proofFile] = process.argv.slice(2);
try {
  const vkey = parseVkey(readFileSync(vkeyFile, 'utf8').split('\n')[0]);
  const history = readFileSync(`${dir}/keys`, 'utf8').trim().split('\n').filter((line) => /^[0-9]/.test(line));
  const keys = new Map(history.map((line) => {
    const { key, id } = ed25519(parseVkey(line.split(' ')[1]).raw);
    return [id, key];
  }));
  const { size, root } = parseCheckpoint(openNote(readFileSync(`${dir}/checkpoint`, 'utf8'), vkey), vkey.name);
  const leaves = [];
  let previous = Buffer.alloc(32);
  for (const entry of entries(dir, size)) {
    checkReceipt(entry, leaves.length, previous, vkey.name, keys);
    previous = leafHash(entry);
    leaves.push(previous);
  }
  must(merkleRoot(leaves).equals(root), 'root hash');
  checkTiles(dir, leaves);
  if (proofFile) console.log('proof of receipt', checkProof(readFileSync(proofFile, 'utf8'), vkey, keys));
  console.log('verified', size);
} catch (error) {
  console.log('NOT verified:', error.message);
  process.exit(1);
}
