export { lockFolder } from '../../../../src/runtime/folder-lock.ts';
export type { FolderLock } from '../../../../src/runtime/folder-lock.ts';
