// What a voter's device reckons for a secret ballot: blind signatures (RFC 9474, RSABSSA-SHA384-PSS-Randomized) and Ed25519 (RFC 8032), on BigInt.
// Times are not hidden from who shares the device; nothing here is asked of it by anybody else.
export type Bytes = Uint8Array<ArrayBuffer>;
export const hex = (b: Uint8Array): string => [...b].map((x) => x.toString(16).padStart(2, "0")).join("");
export const unhex = (s: string): Bytes => new Uint8Array((s.match(/../g) ?? []).map((x) => parseInt(x, 16)));
export const bytes = (s: string): Bytes => new Uint8Array(new TextEncoder().encode(s));
export const join = (...parts: Uint8Array[]): Bytes => {
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) { all.set(p, at); at += p.length; }
  return all;
};
export const draw = (n: number): Bytes => crypto.getRandomValues(new Uint8Array(n));
const big = (b: Uint8Array): bigint => (b.length ? BigInt(`0x${hex(b)}`) : 0n);
const small = (n: bigint, len: number): Bytes => unhex(n.toString(16).padStart(2 * len, "0"));
const digest = async (name: string, b: Bytes): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest(name, b));
export const sha256 = (b: Bytes): Promise<Bytes> => digest("SHA-256", b);

const mod = (a: bigint, m: bigint): bigint => { const r = a % m; return r < 0n ? r + m : r; };
function power(base: bigint, exponent: bigint, m: bigint): bigint {
  let result = 1n, b = mod(base, m);
  for (let e = exponent; e > 0n; e >>= 1n) {
    if (e & 1n) result = (result * b) % m;
    b = (b * b) % m;
  }
  return result;
}
function inverse(a: bigint, m: bigint): bigint | undefined {
  let [r, s, x, y] = [mod(a, m), m, 1n, 0n];
  while (s) { const q = r / s; [r, s] = [s, r - q * s]; [x, y] = [y, x - q * y]; }
  return r === 1n ? mod(x, m) : undefined;
}

// ---- RFC 9474
const HASH = 48, E = 65537n;

async function mask(seed: Bytes, n: number): Promise<Bytes> {
  const blocks: Bytes[] = [];
  for (let i = 0; i * HASH < n; i++) blocks.push(await digest("SHA-384", join(seed, small(BigInt(i), 4))));
  return join(...blocks).slice(0, n);
}

async function encode(message: Bytes, salt: Bytes, len: number): Promise<Bytes> {
  const hash = await digest("SHA-384", join(new Uint8Array(8), await digest("SHA-384", message), salt));
  const db = join(new Uint8Array(len - HASH - salt.length - 2), new Uint8Array([1]), salt), over = await mask(hash, db.length);
  const hidden = db.map((x, i) => x ^ over[i]);
  hidden[0] &= 0x7f;
  return join(hidden, hash, new Uint8Array([0xbc]));
}

export type Blinding = { encoded: string; inverse: string; blinded: string };
/** chance: only to compare with published values. */
export async function blind(modulus: string, message: Bytes, chance?: { salt: Bytes; inverse: bigint }): Promise<Blinding> {
  const len = modulus.length / 2, n = BigInt(`0x${modulus}`), m = big(await encode(message, chance?.salt ?? draw(HASH), len));
  let back: bigint | undefined = chance?.inverse, r = chance ? inverse(chance.inverse, n) ?? 0n : 0n;
  while (back === undefined) {
    r = big(draw(len));
    back = r > 0n && r < n ? inverse(r, n) : undefined;
  }
  if (inverse(m, n) === undefined) throw new Error("the key is ill made");
  const text = (x: bigint): string => hex(small(x, len));
  return { encoded: text(m), inverse: text(back), blinded: text((m * power(r, E, n)) % n) };
}

/** The stamp on the paper within the envelope; undefined when it is not the key's. */
export function unblind(modulus: string, stamp: string, b: Blinding): string | undefined {
  const n = BigInt(`0x${modulus}`), s = (BigInt(`0x${stamp}`) * BigInt(`0x${b.inverse}`)) % n;
  return power(s, E, n) === BigInt(`0x${b.encoded}`) ? hex(small(s, modulus.length / 2)) : undefined;
}

// ---- RFC 8032
const P = (1n << 255n) - 19n, L = (1n << 252n) + 27742317777372353535851937790883648493n;
const D = mod(-121665n * (inverse(121666n, P) ?? 0n), P), HALF = power(2n, (P - 1n) / 4n, P);
type Point = [bigint, bigint, bigint, bigint];
const little = (b: Uint8Array): bigint => big(b.slice().reverse());
const toLittle = (n: bigint): Bytes => small(n, 32).reverse();

function add([x1, y1, z1, t1]: Point, [x2, y2, z2, t2]: Point): Point {
  const a = mod((y1 - x1) * (y2 - x2), P), b = mod((y1 + x1) * (y2 + x2), P), c = mod(2n * t1 * t2 * D, P), d = mod(2n * z1 * z2, P);
  const e = b - a, f = d - c, g = d + c, h = b + a;
  return [mod(e * f, P), mod(g * h, P), mod(f * g, P), mod(e * h, P)];
}
function times(n: bigint, p: Point): Point {
  let sum: Point = [0n, 1n, 1n, 0n];
  for (let at = p, k = n; k > 0n; k >>= 1n, at = add(at, at)) if (k & 1n) sum = add(sum, at);
  return sum;
}
function unpack(b: Uint8Array): Point | undefined {
  const n = little(b), y = n & ((1n << 255n) - 1n), sign = n >> 255n;
  if (b.length !== 32 || y >= P) return undefined;
  const xx = mod((y * y - 1n) * (inverse(D * y * y + 1n, P) ?? 0n), P);
  let x = power(xx, (P + 3n) / 8n, P);
  if (mod(x * x - xx, P)) x = (x * HALF) % P;
  if (mod(x * x - xx, P) || (!x && sign)) return undefined;
  if ((x & 1n) !== sign) x = P - x;
  return [x, y, 1n, (x * y) % P];
}
function pack([x, y, z]: Point): Bytes {
  const i = inverse(z, P) ?? 0n, out = toLittle(mod(y * i, P));
  out[31] |= mod(x * i, P) & 1n ? 0x80 : 0;
  return out;
}
const BASE = unpack(toLittle(mod(4n * (inverse(5n, P) ?? 0n), P))) as Point;

async function secret(seed: Bytes): Promise<{ scalar: bigint; prefix: Bytes }> {
  const h = await digest("SHA-512", seed), low = h.slice(0, 32);
  low[0] &= 248;
  low[31] = (low[31] & 127) | 64;
  return { scalar: little(low), prefix: h.slice(32) };
}
export const publicKey = async (seed: Bytes): Promise<string> => hex(pack(times((await secret(seed)).scalar, BASE)));
export async function sign(seed: Bytes, message: Bytes): Promise<string> {
  const { scalar, prefix } = await secret(seed), key = pack(times(scalar, BASE));
  const r = mod(little(await digest("SHA-512", join(prefix, message))), L), R = pack(times(r, BASE));
  const k = mod(little(await digest("SHA-512", join(R, key, message))), L);
  return hex(join(R, toLittle(mod(r + k * scalar, L))));
}
export async function isSigned(key: string, message: Bytes, signature: string): Promise<boolean> {
  const s = unhex(signature), a = unpack(unhex(key)), r = unpack(s.slice(0, 32)), n = little(s.slice(32));
  if (s.length !== 64 || !a || !r || n >= L) return false;
  const k = mod(little(await digest("SHA-512", join(s.slice(0, 32), unhex(key), message))), L);
  return hex(pack(times(n, BASE))) === hex(pack(add(r, times(k, a))));
}

// ---- RFC 9162: from a line and its neighbours to the root.
export async function rootOf(line: string, index: number, size: number, hashes: string[]): Promise<string> {
  let hash = await sha256(join(new Uint8Array([0]), bytes(line))), at = index, last = size - 1;
  for (const one of hashes) {
    if (last === 0) return "";
    if (at % 2 || at === last) {
      hash = await sha256(join(new Uint8Array([1]), unhex(one), hash));
      while (at % 2 === 0 && at) { at = Math.floor(at / 2); last = Math.floor(last / 2); }
    } else hash = await sha256(join(new Uint8Array([1]), hash, unhex(one)));
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? hex(hash) : "";
}
