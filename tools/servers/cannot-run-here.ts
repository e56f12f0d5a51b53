/** This machine lacks what a server needs; the message says what, and what to install. Tests skip on it. */
export class CannotRunHere extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'CannotRunHere';
  }
}
