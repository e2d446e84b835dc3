/** Makes bulletins of uploads that are whole, in the background. */
export interface UploadDesk {
  /** An upload has become whole, or is to be tried again. */
  wake(): void;
}
