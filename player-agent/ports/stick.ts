/** A file on a USB stick that is named as a bundle. */
export interface StickFile {
  /** The folder in which it lies, where the log may be written. */
  readonly folder: string;
  readonly path: string;
  /** Another one when the file, or the stick, is another one. */
  readonly mark: string;
}

/** A file of a stick that is open for reading. */
export interface StickReader {
  readonly bytes: number;
  /** Exactly the bytes `[offset, offset + length)`; undefined when the stick does not give them. */
  read(offset: number, length: number): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

/**
 * USB sticks as they are mounted below one folder; mounting is the system's. What comes from a stick
 * may be hostile, and the stick may be pulled out at any moment: nothing here throws.
 */
export interface Stick {
  /** The bundles that are there now; links and everything that is no plain file are not among them. */
  bundles(): Promise<readonly StickFile[]>;
  open(file: StickFile): Promise<StickReader | undefined>;
  /** Room in the folder in bytes; 0 when the stick is gone. */
  freeBytes(folder: string): Promise<number>;
  /**
   * Puts a file of this name there, synced; whatever was there under the name is replaced. False when
   * the stick is full or gone, or nothing may be written; then nothing of it is left.
   */
  write(folder: string, name: string, parts: AsyncIterable<Uint8Array>): Promise<boolean>;
}
