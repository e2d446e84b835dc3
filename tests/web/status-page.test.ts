import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStatusDesk } from '#player-agent/status-page/status-desk.ts';
import { systemEntropy } from '#runtime/clock.ts';
import { createLogger } from '#runtime/logger.ts';
import en from '#schemas/messages/en/box.json' with { type: 'json' };
import vi from '#schemas/messages/vi/box.json' with { type: 'json' };
import { createAgentRig } from '#tests/player-agent/support/agent-rig.ts';
import { openBrowser, sizes } from './support/browser.ts';
import { accessFindings, overflowPx } from './support/console-page.ts';

const WAIT_MS = 60_000;
const names = { speaker: 'Cụm loa nhà văn hóa thôn Đoài', unit: 'Thôn Đoài' };

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

test('whoever sits at the box reads the page at a PC and at a telephone, in both languages, sets the time and plays the tone', async () => {
  const rig = createAgentRig({ at: '2026-11-23T08:00:00+07:00' });
  rig.station.answersTime(false);
  rig.station.limit({ names });
  rig.station.point({});
  const { agent, player } = await rig.boot();
  const logger = createLogger('agent', 'silent');
  const desk = await openStatusDesk({ agent, port: 0, entropy: systemEntropy, logger });
  if (desk === null) throw new Error('no page');
  try {
    const page = await browser.newPage({ viewport: sizes.pc });
    page.setDefaultTimeout(WAIT_MS);
    await page.goto(`http://127.0.0.1:${desk.port}`);
    for (const size of Object.values(sizes)) {
      await page.setViewportSize(size);
      for (const [language, words] of Object.entries({ vi, en })) {
        const part = page.locator(`section[lang=${language}]`);
        await part.getByRole('heading', { name: words.title }).waitFor();
        await part.getByText(names.speaker).waitFor();
        await part.getByText(words.clockNone).waitFor();
      }
      expect(await overflowPx(page)).toBe(0);
      expect(await accessFindings(page)).toEqual([]);
    }
    const box = page.locator('section[lang=vi]');
    await box.getByLabel(vi.setTimeLabel).fill('2026-11-23T08:00:30');
    await box.getByRole('button', { name: vi.setTimeSave }).click();
    await box.getByText(vi['did.timeSet']).waitFor();
    await box.getByRole('button', { name: vi.tonePlay }).click();
    await box.getByText(vi['did.toneSounds']).waitFor();
    await page.locator('section[lang=en]').getByText(en['did.toneSounds']).waitFor();
    await rig.clock.advance(10_000);
    expect(player.sounded).toHaveLength(1);
    await page.reload();
    await box.getByText(vi.clockSet).first().waitFor();
  } finally {
    await desk.close();
    await agent.stop();
  }
});
