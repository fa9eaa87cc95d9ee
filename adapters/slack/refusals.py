"""What Slack's refusals mean, each in a sentence that says what to mend."""

from collections.abc import Mapping

from plnbot.talk.words import Sentence, msg

WHY: Mapping[str, Sentence] = {
    "not_in_channel": msg("I am not in that channel. Invite me there with `/invite @plnbot`."),
    "channel_not_found": msg(
        "I cannot see that channel. If it is private, invite me there with `/invite @plnbot`."
    ),
    "is_archived": msg("That channel is archived. Unarchive it, or choose another one."),
    "restricted_action": msg(
        "Posting in that channel is restricted. An administrator can allow plnbot to post there."
    ),
    "restricted_action_read_only_channel": msg(
        "That channel is read-only. An administrator can allow plnbot to post there."
    ),
    "restricted_action_thread_locked": msg("That thread is locked."),
    "thread_not_found": msg("The message that this belongs under is gone."),
    "message_not_found": msg("The message was deleted, so it is not kept up any more."),
    "cant_update_message": msg("The message can no longer be changed."),
    "edit_window_closed": msg("The message can no longer be changed."),
    "missing_scope": msg(
        "A permission is missing in Slack. An administrator sees which with `./run doctor slack`."
    ),
    "user_disabled": msg("That account is deactivated in Slack, so nothing can be sent to it."),
    "user_not_found": msg("That account is not in this workspace any more."),
    "user_not_visible": msg("That person cannot be written to from this workspace."),
    "name_taken": msg("Slack has a channel of that name already."),
    "too_many_users": msg("They are too many for a group message in Slack."),
    "user_is_restricted": msg("Guests cannot be invited to a private channel in Slack."),
    "ura_max_channels": msg("A guest is in as many channels as they may be in Slack."),
    "invalid_user_combination": msg("Slack does not let all of them into one message."),
    "cannot_dm_bot": msg("Bots cannot be written to."),
    "messages_tab_disabled": msg("The messages tab of the app is off in Slack's settings."),
    "account_inactive": msg("plnbot was taken out of this workspace."),
    "token_revoked": msg("plnbot's token was revoked. An administrator has to install it again."),
    "invalid_auth": msg("Slack does not know plnbot's token. See `./run doctor slack`."),
    "not_authed": msg("Slack was given no token. See `./run doctor slack`."),
    "not_installed": msg("plnbot is not installed in this workspace any more."),
    "team_access_not_granted": msg("plnbot was not let into this workspace."),
    "ekm_access_denied": msg("The workspace's keys do not let plnbot write."),
}


def why(error: str) -> str:
    """Return the sentence for a refusal; its own name where we have no better."""
    known = WHY.get(error)
    return known.source if known else f"Slack refuses: {error}"
