import type { Upload, UploadStep } from '#schemas/entities/upload.ts';

/** What is remembered of files on their way to a bulletin. */
export interface UploadReads {
  uploadById(id: string): Promise<Upload | undefined>;
  /** Uploads at these steps, oldest first. */
  uploadsAt(steps: readonly UploadStep[]): Promise<readonly Upload[]>;
  /** What somebody has on its way, and what became a bulletin at or after `doneSinceMs`; oldest first. */
  uploadsOf(owner: string, doneSinceMs: number): Promise<readonly Upload[]>;
}

/** The upload is still at one of these steps. */
export interface UploadStepGuard {
  readonly kind: 'uploadStep';
  readonly id: string;
  readonly steps: readonly UploadStep[];
}
