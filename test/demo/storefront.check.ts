/**
 * Looks at the storefront in Chromium: screenshots of its pages at phone and desktop width, and axe on each of them.
 *
 *   npx node test/demo/storefront.check.ts <base URL, or "stub"> <folder for the screenshots>
 *
 * Ends with 1 when axe finds a violation, a page logs an error, something is wider than the screen, or the suggestions do not go by the
 * keys and clicks that they should.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type Page } from 'playwright-core';

import { openStubShop } from './stub-shop.ts';
import { openSuggestions, walkSuggestions } from './suggestion-walk.ts';

interface View {
  readonly name: string;
  readonly path: string;
  /** What is done before looking. */
  readonly act?: (page: Page) => Promise<void>;
}

const SIZES = [
  { name: 'phone', width: 390, height: 844 },
  { name: 'narrow', width: 360, height: 740 },
  { name: 'desktop', width: 1280, height: 860 },
] as const;

const openWhy = async (page: Page): Promise<void> => {
  for (const at of [0, 1]) await page.locator('.why summary').nth(at).click();
  const blend = page.locator('.blend summary');
  if ((await blend.count()) > 0) await blend.click();
};

const VIEWS: readonly View[] = [
  { name: 'home', path: '/?as=demo-iris' },
  { name: 'results', path: '/?q=teal+dress' },
  { name: 'results-iris', path: '/?q=teal+dress&as=demo-iris' },
  { name: 'why', path: '/?q=dotted+mug&as=demo-ned', act: openWhy },
  { name: 'filtered', path: '/?q=chair&is.colour=green&is.price=100-250' },
  { name: 'category', path: '/?q=gift&is.categoryPath=Home+%3E+Mugs' },
  { name: 'viewers', path: '/?q=lamp', act: (page) => page.locator('.shopper-button').click() },
  { name: 'item', path: '/?q=rug&item=m0012' },
  { name: 'meant', path: '/?q=teal+derss' },
  { name: 'suggestions', path: '/?q=rug', act: openSuggestions },
  { name: 'empty', path: '/?q=xylophone&is.brand=Nobody' },
];

const [base = 'stub', folder = '.medley/screenshots'] = process.argv.slice(2);

async function look(browser: Browser, origin: string): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const { name: size, width, height } of SIZES) {
    for (const scheme of size === 'narrow' ? (['dark'] as const) : (['light'] as const)) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: scheme,
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      page.on('pageerror', (error) => problems.push(`${size}: ${error.message}`));
      for (const view of VIEWS) problems.push(...(await lookAt(page, view, { origin, size })));
      const walked = await walkSuggestions(page, `${origin}/?q=rug`);
      problems.push(...walked.map((problem) => `${size}: ${problem}`));
      await context.close();
    }
  }
  return problems;
}

async function lookAt(
  page: Page,
  { name, path, act }: View,
  { origin, size }: { readonly origin: string; readonly size: string },
): Promise<readonly string[]> {
  await page.goto(origin + path, { waitUntil: 'networkidle' });
  await act?.(page);
  await page.waitForTimeout(350);
  await page.screenshot({ path: join(folder, `${name}-${size}.png`) });
  const { violations } = await new AxeBuilder({ page }).analyze();
  const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  const found = violations.map(
    ({ id, help, nodes }) =>
      `${name}, ${size}: ${id}: ${help} (${nodes
        .map(({ target }) => String(target))
        .slice(0, 3)
        .join(' | ')})`,
  );
  return wide === 0 ? found : [...found, `${name}, ${size}: ${String(wide)} pixels wider than the screen`];
}

await mkdir(folder, { recursive: true });
const stub = base === 'stub' ? await openStubShop(4199) : undefined;
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking'],
});
try {
  const problems = await look(browser, stub ? 'http://127.0.0.1:4199' : base.replace(/\/$/, ''));
  for (const problem of problems) console.error(problem);
  console.log(
    problems.length === 0
      ? `No violation on ${String(VIEWS.length * SIZES.length)} pages.`
      : `${String(problems.length)} problems.`,
  );
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await browser.close();
  stub?.close();
}
