export default {
  base: './',
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic' } },
  build: { target: 'esnext', minify: false, sourcemap: false, chunkSizeWarningLimit: 100_000 },
};
