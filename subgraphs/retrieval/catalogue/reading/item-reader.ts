import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { withoutMark } from '../../../../src/runtime/byte-order-mark.ts';
import { MedleyError } from '../../../../src/runtime/errors.ts';
import type { ErrorCode } from '../../../../src/runtime/errors.ts';
import type { Catalogue } from './catalogue-file.ts';

/** What a line says, or why it cannot be read. */
type LineRead = { readonly fields: Readonly<Record<string, unknown>> } | { readonly problem: MedleyError };

/** One line of the source; lines are numbered from 1. */
export type SourceRecord = { readonly line: number } & LineRead;

/**
 * Streams the records of a catalogue; a line that cannot be read is told as such and the next one follows.
 *
 * @throws MedleyError INVALID_CATALOGUE where there is no such file, or it cannot be read to its end
 */
export async function* readItems({ items }: Pick<Catalogue, 'items'>): AsyncGenerator<SourceRecord> {
  yield* readRecords(await openFile(items.file), items.format, 'INVALID_CATALOGUE');
}

/**
 * Streams the records of a text of lines; one that cannot be read is told as such.
 *
 * @throws MedleyError of the code where the text breaks off, or what comes next cannot be told apart: a part is never taken for all
 */
export async function* readRecords(
  stream: Readable,
  format: Catalogue['items']['format'],
  code: ErrorCode,
): AsyncGenerator<SourceRecord> {
  try {
    yield* format === 'csv' ? csvRecords(stream) : jsonRecords(stream);
  } catch (cause) {
    throw new MedleyError(code, `The file of items cannot be read to its end: ${reason(cause)}. Correct the file.`, {
      cause,
    });
  }
}

async function openFile(file: string): Promise<Readable> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile())
    throw new MedleyError(
      'INVALID_CATALOGUE',
      `items.file: there is no file ${file}; paths are relative to the catalogue file`,
    );
  return createReadStream(file);
}

async function* jsonRecords(stream: Readable): AsyncGenerator<SourceRecord> {
  let line = 0;
  for await (const text of createInterface({ input: stream, crlfDelay: Infinity })) {
    line += 1;
    const own = line === 1 ? withoutMark(text) : text;
    if (own.trim() !== '') yield { line, ...parseLine(own) };
  }
}

function parseLine(text: string): LineRead {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { fields: { ...value } };
    return unreadable(`expected a JSON object, got ${kindOf(value)}`);
  } catch {
    return unreadable('the line is not JSON');
  }
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

async function* csvRecords(stream: Readable): AsyncGenerator<SourceRecord> {
  const parser = stream.pipe(
    parse({ columns: true, bom: true, info: true, relax_column_count: true, skip_empty_lines: true }),
  );
  stream.on('error', (error) => parser.destroy(error));
  for await (const { info, record: fields } of parser as AsyncIterable<CsvRecord>) {
    const { lines: line, error } = info;
    yield error ? { line, ...unreadable(`the row does not fit the header: ${error.message}`) } : { line, fields };
  }
}

interface CsvRecord {
  readonly info: { readonly lines: number; readonly error?: Error };
  readonly record: Readonly<Record<string, unknown>>;
}

function reason(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}

function unreadable(message: string): LineRead {
  return { problem: new MedleyError('INVALID_ITEM', `The line cannot be read: ${message}.`) };
}
