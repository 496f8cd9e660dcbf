import {
  BatchUpdateScheduleCommand,
  DescribeChannelCommand,
  MediaLiveClient,
  paginateDescribeSchedule,
} from "@aws-sdk/client-medialive";
import { UnavailableError } from "@glasswatch/core/ports/errors";
import type { MediaInputs } from "@glasswatch/core/ports/media-inputs";
import { answerOf } from "./errors.ts";
import { requestHandler } from "./request-handler.ts";

/** Channels of MediaLive, whose inputs are switched by an action in their schedule. */
export function openMediaInputs(): MediaInputs {
  const client = new MediaLiveClient({ requestHandler });

  async function isScheduled(ChannelId: string, name: string): Promise<boolean> {
    for await (const { ScheduleActions } of paginateDescribeSchedule({ client }, { ChannelId })) {
      if (ScheduleActions?.some(({ ActionName }) => ActionName === name)) return true;
    }
    return false;
  }

  return {
    async of(ChannelId) {
      const channel = await answerOf(client.send(new DescribeChannelCommand({ ChannelId })));
      const names = (channel.InputAttachments ?? []).flatMap(({ InputAttachmentName: name }) => (name ? [name] : []));
      return { names, active: channel.PipelineDetails?.[0]?.ActiveInputAttachmentName ?? null };
    },
    async switchTo(ChannelId, input, name) {
      const action = {
        ActionName: name,
        ScheduleActionSettings: { InputSwitchSettings: { InputAttachmentNameReference: input } },
        ScheduleActionStartSettings: { ImmediateModeScheduleActionStartSettings: {} },
      };
      const command = new BatchUpdateScheduleCommand({ ChannelId, Creates: { ScheduleActions: [action] } });
      try {
        await answerOf(client.send(command));
      } catch (error) {
        // A name is refused while it is in the schedule: it was accepted before.
        if (error instanceof UnavailableError || !(await isScheduled(ChannelId, name))) throw error;
      }
    },
  };
}
