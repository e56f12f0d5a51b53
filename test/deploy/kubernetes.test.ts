import { readFile, readdir } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';

const FOLDER = new URL('../../deploy/kubernetes/', import.meta.url);

async function documents(): Promise<readonly string[]> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.yaml'));
  const texts = await Promise.all(files.map((name) => readFile(new URL(name, FOLDER), 'utf8')));
  return texts.flatMap((text) => text.split(/^---$/m));
}

const ofKind = (kind: string) => (document: string) => document.includes(`\nkind: ${kind}\n`);

describe('what is applied to Kubernetes', () => {
  it('holds no secret, which would take the place of the one that was made by hand', async () => {
    expect((await documents()).filter(ofKind('Secret'))).toEqual([]);
  });

  it('lets no program stop before the Service has heard that it goes, and well before it is killed', async () => {
    const programs = (await documents()).filter(ofKind('Deployment'));
    expect(programs).toHaveLength(4);
    for (const program of programs) {
      const [, asleep] = /preStop: { sleep: { seconds: (\d+) } }/.exec(program) ?? [];
      const [, killed] = /terminationGracePeriodSeconds: (\d+)/.exec(program) ?? [];
      expect(Number(asleep)).toBeGreaterThan(0);
      expect(Number(killed) - Number(asleep)).toBeGreaterThanOrEqual(20);
    }
  });

  it('says how many threads encode, which else the cores of the node would decide, and their memory exceed that of the pod', async () => {
    const [shared] = (await documents()).filter(ofKind('ConfigMap'));
    expect(shared).toMatch(/^ {2}MEDLEY_ENCODER_WORKERS: '[1-4]'$/m);
  });
});
