/**
 * A Node environment whose tests share the binary types of the outer realm: native addons (onnxruntime, lancedb) check
 * `instanceof Float32Array` against the realm that loaded them, and a test in its own context would fail that check.
 */
const { TestEnvironment } = require('jest-environment-node');

const BINARY_TYPES = [
  'ArrayBuffer',
  'SharedArrayBuffer',
  'DataView',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
];

module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const type of BINARY_TYPES) this.global[type] = globalThis[type];
  }
};
