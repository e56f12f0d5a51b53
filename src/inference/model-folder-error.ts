/** A model folder that cannot be used. All its problems are told together, each in a line of its own. */
export class ModelFolderError extends Error {
  readonly code = 'INVALID_MODEL';
  readonly problems: readonly string[];

  constructor(folder: string, problems: readonly string[]) {
    super([`The model folder ${folder} cannot be used:`, ...problems].join('\n  - '));
    this.name = 'ModelFolderError';
    this.problems = problems;
  }
}
