import { describe, expect, it } from '@jest/globals';
import { rootCertificates } from 'node:tls';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { retrievalConfig } from '../../../subgraphs/retrieval/config.ts';

const CHOSEN = { MEDLEY_INDEX: 'elasticsearch', ELASTICSEARCH_URL: 'https://127.0.0.1:9200' };

async function fileWith(text: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'medley-ca-')), 'ca.crt');
  await writeFile(file, text);
  return file;
}

describe('where Elasticsearch is', () => {
  it('is told by a cloud id of Elastic Cloud, and another text is refused by name', () => {
    const code = Buffer.from('eu-west-1.aws.found.io$4fa8821e75634032bed1cf22110e2f97$4fa8').toString('base64');
    const read = (id: string) => retrievalConfig({ MEDLEY_INDEX: 'elasticsearch', ELASTICSEARCH_CLOUD_ID: id });
    expect(read(`shop:${code}`).elasticsearch?.cloudId).toBe(`shop:${code}`);
    for (const wrong of ['shop', code, 'shop:', 'shop:not base64', `shop:${Buffer.from('$').toString('base64')}`])
      expect(() => read(wrong)).toThrow(
        expect.objectContaining({ code: 'INVALID_SETTING', message: expect.stringMatching('ELASTICSEARCH_CLOUD_ID') }),
      );
  });

  it('is believed by a file of certificates, and one that is none is refused by name', async () => {
    const read = (file: string) => retrievalConfig({ ...CHOSEN, ELASTICSEARCH_CA_FILE: file });
    const good = await fileWith(rootCertificates.slice(0, 2).join('\n'));
    expect(read(good).elasticsearch?.caFile).toBe(good);
    for (const wrong of [join(tmpdir(), 'nowhere', 'ca.crt'), tmpdir(), await fileWith('no certificate')])
      expect(() => read(wrong)).toThrow(
        expect.objectContaining({ code: 'INVALID_SETTING', message: expect.stringMatching('ELASTICSEARCH_CA_FILE') }),
      );
  });

  it.each(['ELASTICSEARCH_SHARDS', 'ELASTICSEARCH_REPLICAS', 'ELASTICSEARCH_REMEMBERED_ITEMS'])(
    'is kept as a whole number says; another text, blanks among them, is told with what came: %s',
    (setting) => {
      expect(() => retrievalConfig({ ...CHOSEN, [setting]: '1' })).not.toThrow();
      for (const wrong of [' ', '-1', '1e99', 'one'])
        expect(() => retrievalConfig({ ...CHOSEN, [setting]: wrong })).toThrow(
          expect.objectContaining({
            code: 'INVALID_SETTING',
            message: expect.stringMatching(`${setting}: expected a whole number .*, got "${wrong}"`),
          }),
        );
    },
  );
});
