// Takes the picture of each dashboard named, from live data, into a directory:
//   node shot.mjs --prometheus http://127.0.0.1:9091 --seconds 120 --out DIR [--variable NAME=VALUE]… FILE…
// Exit 1 with a line for each problem where a query fails or is empty, a panel cannot be drawn or a script fails.
import { mkdir, readFile } from 'node:fs/promises';
import { basename, extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const PAGE = 'http://dashboard.invalid/';
const DIST = fileURLToPath(new URL('dist', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const DRAWN_MS = 30_000;
const POINTS_MAX = 200;

const { values: options, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    prometheus: { type: 'string' },
    seconds: { type: 'string', default: '900' },
    out: { type: 'string' },
    width: { type: 'string', default: '1400' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    variable: { type: 'string', multiple: true, default: [] },
  },
});

const browser = await chromium.launch({
  executablePath: options.chromium,
  // It loads the built page and a Prometheus' answers, and containers seldom let it nest its sandbox.
  chromiumSandbox: false,
  args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
});
let problems = 0;
try {
  await mkdir(options.out, { recursive: true });
  for (const file of files) problems += await shoot(file);
} finally {
  await browser.close();
}
process.exitCode = problems === 0 ? 0 : 1;

async function shoot(file) {
  const page = await browser.newPage({ viewport: { width: Number(options.width), height: 900 } });
  const found = [];
  page.on('pageerror', (error) => found.push(`script: ${error.stack}`));
  await page.route('**/*', serve);
  await page.addInitScript((plan) => (window.plan = plan), await plan(file));
  await page.goto(PAGE);
  found.push(...(await drawn(page)));
  const name = basename(file, '.json');
  const picture = page.locator('#dashboard');
  if ((await picture.count()) > 0) await picture.screenshot({ path: join(options.out, `${name}.png`) });
  await page.close();
  for (const problem of new Set(found)) console.log(`${name}: ${problem}`);
  return found.length;
}

async function drawn(page) {
  try {
    await page.waitForFunction(() => window.drawn, null, { timeout: DRAWN_MS });
    return await page.evaluate(() => window.drawn.problems);
  } catch (failure) {
    return [failure.message];
  }
}

async function plan(file) {
  const seconds = Number(options.seconds);
  const step = Math.max(1, Math.ceil(seconds / POINTS_MAX));
  const to = Math.floor(Date.now() / 1000 / step) * step;
  const given = Object.fromEntries(options.variable.map((one) => one.split(/=(.*)/s).slice(0, 2)));
  const variables = { datasource: 'Prometheus', __range: `${seconds}s`, __interval: `${step}s`, __rate_interval: '1m', ...given };
  return { dashboard: JSON.parse(await readFile(file, 'utf8')), from: to - seconds, to, step, variables };
}

/** The page sees its own files and Prometheus, and nothing else. */
async function serve(route) {
  const url = new URL(route.request().url());
  if (!url.href.startsWith(PAGE)) return route.abort();
  if (url.pathname.startsWith('/prometheus/')) return route.fulfill(await prometheus(url));
  const path = normalize(join(DIST, url.pathname === '/' ? 'index.html' : url.pathname));
  if (!path.startsWith(DIST + sep)) return route.abort();
  try {
    return route.fulfill({ body: await readFile(path), contentType: TYPES[extname(path)] ?? 'application/octet-stream' });
  } catch {
    return route.fulfill({ status: 404 });
  }
}

async function prometheus(url) {
  const answer = await fetch(options.prometheus + url.pathname.slice('/prometheus'.length) + url.search);
  return { status: answer.status, contentType: 'application/json', body: await answer.text() };
}
