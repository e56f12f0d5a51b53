// Read by native code, which sees the environment that a test process starts with and not the sandbox's copy.
process.env.ORT_DISABLE_TELEMETRY = '1';

/** Tests are TypeScript run as ES modules; a test file stands where the thing it promises stands. */
export default {
  testEnvironment: '<rootDir>/test/support/jest-environment.cjs',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' } },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/.medley', '<rootDir>/demo/storefront'],
  globalSetup: '<rootDir>/test/support/before-all-tests.ts',
  globalTeardown: '<rootDir>/test/support/after-all-tests.ts',
  maxWorkers: 2,
  testTimeout: 180_000,
  // With nothing left open, a worker that has loaded models and indexes takes more than Jest's half second to end on a busy machine.
  workerGracefulExitTimeout: 10_000,
};
