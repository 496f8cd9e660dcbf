export interface TimeTick {
  readonly seconds: number;
  readonly label: string;
}

export declare function timeTicks(startSeconds: number, endSeconds: number, count: number): TimeTick[];

export declare function timeCode(seconds: number): string;
