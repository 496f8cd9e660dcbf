import { openService, type Service, type ServiceAnswer } from "./json-service.ts";

export interface SentSms {
  readonly to: string;
  readonly text: string;
  /** `Transactional` or `Promotional`. */
  readonly type: string | null;
}

export interface SmsService extends Service {
  /** What was accepted, in that order. */
  readonly sent: readonly SentSms[];
  /** What is not let pass is answered as SNS answers who is too fast. */
  throttle(passes: (to: string) => boolean): void;
}

/** SNS as far as it sends text messages, by the Query protocol: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export async function openSmsService(): Promise<SmsService> {
  const sent: SentSms[] = [];
  let passes: (to: string) => boolean = () => true;
  const { url, close } = await openService(async ({ body }) => {
    const form = new URLSearchParams(body);
    const to = form.get("PhoneNumber") ?? "";
    if (!/^\+\d{7,15}$/.test(to)) return refusal("InvalidParameter", `Invalid parameter: PhoneNumber ${to}`);
    if (!passes(to)) return refusal("Throttling", "Rate exceeded");
    sent.push({ to, text: form.get("Message") ?? "", type: form.get("MessageAttributes.entry.1.Value.StringValue") });
    const result = "<PublishResult><MessageId>567910cd-659e-55d4-8ccb-5aaf14679dc0</MessageId></PublishResult>";
    return { status: 200, body: `<PublishResponse>${result}</PublishResponse>` };
  });
  return {
    ...{ url, close, sent },
    throttle(decide) {
      passes = decide;
    },
  };
}

function refusal(code: string, message: string): ServiceAnswer {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status: 400, body: `<ErrorResponse>${error}<RequestId>id</RequestId></ErrorResponse>` };
}
