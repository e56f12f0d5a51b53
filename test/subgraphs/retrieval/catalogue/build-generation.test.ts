import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import sharp from 'sharp';
import { hashingPictureEncoder, hashingTextEncoder } from '../../../../src/inference/hashing-encoder.ts';
import { together } from '../../../../src/inference/open-encoders.ts';
import { MedleyError } from '../../../../src/runtime/errors.ts';
import { buildGeneration } from '../../../../subgraphs/retrieval/catalogue/build-generation.ts';
import type { BuildPorts } from '../../../../subgraphs/retrieval/catalogue/build-generation.ts';
import type { ReportedProblem } from '../../../../subgraphs/retrieval/catalogue/encoding/reported-problem.ts';
import { parseCatalogue } from '../../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import type { Catalogue } from '../../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { memoryEncodingStore } from '../../../../subgraphs/retrieval/catalogue/encoding/encoding-store.ts';
import { liveWrites } from '../../../../subgraphs/retrieval/catalogue/live-writes.ts';
import { refitLiveRows } from '../../../../subgraphs/retrieval/catalogue/refit.ts';
import { openMemoryIndex } from '../../../../subgraphs/retrieval/index/memory/memory-item-index.ts';
import { servingIndex } from '../../../../subgraphs/retrieval/serving-index.ts';

const COLOURS = ['red', 'green', 'blue', 'black', 'white'];

async function picture(colour: string): Promise<Buffer> {
  return sharp({ create: { width: 8, height: 8, channels: 3, background: colour } })
    .png()
    .toBuffer();
}

/** A folder with items of five colours; extra lines come as they are. */
async function shop(count: number, extra: readonly string[] = []): Promise<Catalogue> {
  const folder = await mkdtemp(join(tmpdir(), 'medley-shop-'));
  for (const colour of COLOURS) await writeFile(join(folder, `${colour}.png`), await picture(colour));
  const lines = Array.from({ length: count }, (_, i) => {
    const colour = COLOURS[i % COLOURS.length] ?? '';
    return JSON.stringify({ id: `i${String(i)}`, title: `${colour} thing ${String(i)}`, image: `${colour}.png` });
  });
  await writeFile(join(folder, 'items.jsonl'), [...lines, ...extra].join('\n'));
  const catalogue = parseCatalogue(
    '{"name":"shop","items":{"file":"items.jsonl"},"images":{"field":"image"},"fields":{"id":"id","title":"title"}}',
  );
  return {
    ...catalogue,
    items: { file: join(folder, 'items.jsonl'), format: 'jsonl' },
    images: { folder, field: 'image' },
  };
}

function ports() {
  const problems: ReportedProblem[] = [];
  const encoders = { text: hashingTextEncoder(), picture: hashingPictureEncoder() };
  const { index, writer } = openMemoryIndex();
  const build = {
    writer,
    encoders,
    encodings: memoryEncodingStore(),
    onProblem: (problem: ReportedProblem) => problems.push(problem),
  } satisfies BuildPorts;
  return { ...build, build, index: servingIndex(index), problems };
}

function writesOf({ index, writer, encoders, encodings }: ReturnType<typeof ports>) {
  return liveWrites({
    index,
    writer,
    encodersOf: () => Promise.resolve(together(encoders.text, encoders.picture)),
    encodings,
    fetchPicture: (url) => picture(url.startsWith('/pictures/~kept/') ? 'blue' : 'red'),
    keepUpload: (imageId) => Promise.resolve(`/pictures/~kept/${imageId}.png`),
  });
}

describe('indexing a catalogue', () => {
  it('serves every good item, and tells each bad item and picture with its code', async () => {
    const bad = [
      '{"id":"x"}',
      'no json',
      '{"id":"y","title":"y thing","image":"missing.png"}',
      '{"id":"z","title":"z","image":"items.jsonl"}',
    ];
    const { build, index, problems } = ports();
    const report = await buildGeneration(await shop(20, bad), build);
    expect(report).toMatchObject({ items: 22, pictures: 20, rejectedItems: 2, rejectedPictures: 2 });
    expect(problems.map(({ line, id, left, code }) => [line ?? id, left, code])).toEqual([
      [21, 'item', 'INVALID_ITEM'],
      [22, 'item', 'INVALID_ITEM'],
      ['y', 'picture', 'IMAGE_UNREADABLE'],
      ['z', 'picture', 'IMAGE_UNREADABLE'],
    ]);
    expect(index.head()).toMatchObject({ items: 22, catalogue: 'shop', textSpace: 'hashing-text@1' });
    const [pictured, bare] = await index.vectors(['i3', 'y']);
    expect(pictured?.looks).not.toBeNull();
    expect(bare?.looks).toBeNull();
  });

  it('shows no picture that it left out because it is missing or damaged, and tells which it was', async () => {
    const lines = ['gone.png', 'items.jsonl', 'http://shop.example/away.png'].map((image, i) =>
      JSON.stringify({ id: `p${String(i)}`, title: 'p', image: ['red.png', image] }),
    );
    const { build, index, problems } = ports();
    const fetchPicture = () => Promise.reject(new MedleyError('IMAGE_UNREACHABLE', 'It is away.'));
    await buildGeneration(await shop(5, lines), { ...build, fetchPicture });
    expect(problems.map(({ id, picture: name }) => [id, name])).toEqual([
      ['p0', 'gone.png'],
      ['p1', 'items.jsonl'],
      ['p2', 'http://shop.example/away.png'],
    ]);
    const shown = (await index.items(['p0', 'p1', 'p2'])).map((item) => item?.images.map(({ url }) => url));
    const red = '/pictures/shop/red.png';
    expect(shown).toEqual([[red], [red], [red, 'http://shop.example/away.png']]);
  });

  it('tells of lines with the same id which one holds, and takes them for items', async () => {
    const again = Array.from({ length: 9 }, (_, i) => JSON.stringify({ id: 'i0', title: `again ${String(i)}` }));
    const { build, index, problems } = ports();
    const report = await buildGeneration(await shop(2, again), build);
    expect(report).toMatchObject({ items: 2, rejectedItems: 9 });
    expect(problems[0]).toMatchObject({ line: 1, id: 'i0', left: 'item', message: expect.stringContaining('line 3') });
    expect((await index.items(['i0']))[0]?.title).toBe('again 8');
  });

  it('is refused where there is no folder of pictures such as it names', async () => {
    const { build, index } = ports();
    const catalogue = await shop(5);
    const nowhere = { ...catalogue, images: { field: 'image', folder: join(catalogue.images?.folder ?? '', 'none') } };
    await expect(buildGeneration(nowhere, build)).rejects.toMatchObject({
      code: 'INVALID_CATALOGUE',
      message: expect.stringContaining('images.folder'),
    });
    expect(index.head()).toBeUndefined();
  });

  it('says why there is no bridge for a small catalogue', async () => {
    const { build } = ports();
    const report = await buildGeneration(await shop(20), build);
    expect(report.bridge).toMatchObject({ kind: 'left-off', reason: expect.stringContaining('a bridge needs 300') });
  });

  it('encodes nothing twice when it is run again', async () => {
    const { build, index } = ports();
    const catalogue = await shop(20);
    await buildGeneration(catalogue, build);
    const first = index.head()?.id;
    const [texts, pictures] = [jest.spyOn(build.encoders.text, 'encode'), jest.spyOn(build.encoders.picture, 'encode')];
    await buildGeneration(catalogue, build);
    expect(pictures).not.toHaveBeenCalled();
    expect(texts.mock.calls.flatMap(([inputs]) => inputs).filter(({ role }) => role === 'item')).toEqual([]);
    expect(index.head()?.id).not.toBe(first);
  });

  it('goes on where an interrupted build stopped', async () => {
    const { build } = ports();
    const catalogue = await shop(150);
    const encode = jest.spyOn(build.encoders.text, 'encode');
    encode
      .mockImplementationOnce((inputs) => hashingTextEncoder().encode(inputs))
      .mockImplementation(() => Promise.reject(new Error('power cut')));
    await expect(buildGeneration(catalogue, build)).rejects.toThrow('power cut');
    encode.mockRestore();
    const again = jest.spyOn(build.encoders.text, 'encode');
    await buildGeneration(catalogue, build);
    const encoded = again.mock.calls.flatMap(([inputs]) => inputs).filter(({ role }) => role === 'item');
    expect(encoded.length).toBeLessThan(150);
  });

  it('stops reading when it is interrupted', async () => {
    const { build, problems } = ports();
    const interrupted = new AbortController();
    const onProblem = (problem: ReportedProblem): void => {
      build.onProblem(problem);
      interrupted.abort(new Error('enough'));
    };
    const catalogue = await shop(20, ['no json', 'nor this']);
    await expect(buildGeneration(catalogue, { ...build, onProblem, signal: interrupted.signal })).rejects.toThrow(
      'enough',
    );
    expect(problems).toHaveLength(1);
  });

  it('leaves the published catalogue alone when the new one cannot be made', async () => {
    const { build, index } = ports();
    await buildGeneration(await shop(20), build);
    const before = index.head()?.id;
    const hopeless = buildGeneration(
      await shop(
        2,
        Array.from({ length: 9 }, () => '{}'),
      ),
      build,
    );
    await expect(hopeless).rejects.toMatchObject({ code: 'INVALID_CATALOGUE' });
    const failing = { ...build, beforePublish: () => Promise.reject(new Error('full disk')) };
    await expect(buildGeneration(await shop(30), failing)).rejects.toThrow('full disk');
    expect(index.head()?.id).toBe(before);
  });
});

describe('changes to a catalogue that serves', () => {
  it('are searchable when answered, each with its outcome', async () => {
    const all = ports();
    await buildGeneration(await shop(20), all.build);
    const writes = writesOf(all);
    const outcome = await writes.upsert([
      { id: 'new', title: 'purple thing', images: [{ imageId: 'u1' }] },
      { id: 'bad' },
      { id: 'worse', title: 'w', images: [{ url: 'https://x.example/a.png', imageId: 'u1' }] },
    ]);
    expect(outcome).toMatchObject({
      accepted: 1,
      rejected: [
        { id: 'bad', code: 'INVALID_ITEM' },
        { id: 'worse', code: 'INVALID_ITEM' },
      ],
    });
    const [vectors] = await all.index.vectors(['new']);
    expect(vectors?.looks).not.toBeNull();
    expect(await writes.remove(['new', 'nobody'])).toMatchObject({
      accepted: 1,
      rejected: [{ id: 'nobody', code: 'UNKNOWN_ITEM' }],
    });
    expect(await all.index.items(['new'])).toEqual([undefined]);
  });

  it('made during a build are seen through the new fitting, pictures included', async () => {
    const all = ports();
    await buildGeneration(await shop(20), all.build);
    const writes = writesOf(all);
    const live = { id: 'live', title: 'live thing', images: [{ url: 'https://x.example/red.png' }] };
    const fetchPicture = () => Promise.reject(new Error('what was seen is not asked for again'));
    const beforePublish = async () => {
      await writes.upsert([live]);
    };
    await buildGeneration(await shop(40), {
      ...all.build,
      beforePublish,
      refit: refitLiveRows({ ...all, fetchPicture }),
    });
    const [made] = await all.index.vectors(['live']);
    const features = await all.encoders.picture.encode([await picture('red')]);
    const expected = features[0] instanceof Float32Array ? all.index.serving().fitting.looksOf(features[0]) : null;
    expect(Array.from(made?.looks ?? [])).toEqual(Array.from(expected ?? [], (x) => expect.closeTo(x, 4)));
  });
});
