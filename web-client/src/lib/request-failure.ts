/** The application could not answer a request: nobody there knows it, or its handler failed. */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';

  constructor(
    /** The request's. */
    readonly eventType: string,
    message: string,
  ) {
    super(message);
  }
}
