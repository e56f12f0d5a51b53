import type { Locator, Page } from 'playwright-core';

/** Types so that suggestions open, and goes to the second of them by the keyboard. */
export async function openSuggestions(page: Page): Promise<void> {
  await fieldOf(page).fill('');
  await fieldOf(page).pressSequentially('te');
  await optionsOf(page).nth(1).waitFor();
  for (const key of ['ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
}

/** Uses the suggestions by keyboard and by mouse, from a page of results on; tells what is not as WAI-ARIA has it for a combobox. */
export async function walkSuggestions(page: Page, address: string): Promise<readonly string[]> {
  const [field, options] = [fieldOf(page), optionsOf(page)];
  const problems: string[] = [];
  const expect = async (what: string, is: Promise<unknown>, wanted: unknown): Promise<void> => {
    const found = await is;
    if (found !== wanted) problems.push(`suggestions: ${what}: ${String(found)} instead of ${String(wanted)}`);
  };
  const [content, form] = [page.locator('#content'), page.locator('form.search')];
  await page.goto(address, { waitUntil: 'networkidle' });
  const before = await Promise.all([content, form].map(placeOf));
  await openSuggestions(page);
  await expect('what is below stays in place', Promise.all([content, form].map(placeOf)).then(String), String(before));
  await expect('the field says that it is open', field.getAttribute('aria-expanded'), 'true');
  await expect(
    'the second is active',
    field.getAttribute('aria-activedescendant'),
    await options.nth(1).getAttribute('id'),
  );
  const heights = await options.evaluateAll((all) => all.map((one) => (one as { clientHeight: number }).clientHeight));
  await expect('is 44 pixels high', Promise.resolve(Math.min(...heights) >= 44), true);
  for (const key of ['End', 'ArrowDown', 'ArrowUp', 'Home']) await page.keyboard.press(key);
  await expect('Home goes back to the field', field.getAttribute('aria-activedescendant'), null);
  await page.keyboard.press('Escape');
  await expect('Escape closes', options.count(), 0);
  await expect('Escape keeps the words', field.inputValue(), 'te');
  await page.keyboard.press('ArrowDown');
  await page
    .locator('[role=combobox][aria-expanded=true]')
    .waitFor({ timeout: 5000 })
    .catch(() => undefined);
  await expect('an arrow opens again', field.getAttribute('aria-expanded'), 'true');
  await page.keyboard.press('Tab');
  await expect('it closes when the field is left', options.count(), 0);
  await openSuggestions(page);
  const [first, second] = await options.allTextContents();
  await page.keyboard.press('Enter');
  await expect('Enter searches for the active one', searched(page), second);
  await expect('the words are those', field.inputValue(), second);
  await expect('the keyboard goes on from the results', content.evaluate('document.activeElement.id'), 'content');
  await openSuggestions(page);
  await options.first().click();
  await expect('a click searches for it', searched(page), first);
  return problems;
}

function fieldOf(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Search the shop' });
}

function optionsOf(page: Page): Locator {
  return page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
}

async function placeOf(part: Locator): Promise<string> {
  return JSON.stringify(await part.boundingBox());
}

async function searched(page: Page): Promise<string | null> {
  await page.waitForLoadState('networkidle');
  return new URL(page.url()).searchParams.get('q');
}
