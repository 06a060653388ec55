### What the tray and the desktop say, and the window too. The rest of the window: window.en.ftl

## Moments. Arguments: $day, $time, $dayOfMonth, $month (a word of month-*), $year.

when = { $day ->
    [yesterday] yesterday at { $time }
    [today] today at { $time }
    [tomorrow] tomorrow at { $time }
    [this_year] { $dayOfMonth } { $month } at { $time }
   *[other_year] { $dayOfMonth } { $month } { $year } at { $time }
}
until = { $day ->
    [yesterday] until yesterday, { $time }
    [today] until { $time }
    [tomorrow] until tomorrow, { $time }
    [this_year] until { $dayOfMonth } { $month }, { $time }
   *[other_year] until { $dayOfMonth } { $month } { $year }, { $time }
}
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

## Tray: tooltip

tray-tooltip-not-connected = Pachca Status: no account connected
tray-tooltip-unknown = Pachca Status: looking up your status
tray-tooltip-none = No status
tray-tooltip-status = { $emoji } { $title }
tray-tooltip-status-until = { $emoji } { $title } · { $until }
tray-tooltip-stale = { $emoji } { $title } · offline, may have changed
tray-tooltip-stale-none = No status · offline, may have changed
tray-tooltip-sending = Sending: { $emoji } { $title }
tray-tooltip-sending-clear = Clearing the status
tray-tooltip-waiting = Waiting to be sent: { $emoji } { $title }
tray-tooltip-waiting-clear = Clearing the status is waiting to be sent
tray-tooltip-refused = Pachca did not accept the status
tray-tooltip-conflict = The status was changed elsewhere: choose which to keep
tray-tooltip-token = Pachca Status: a token is needed

## Tray: menu

menu-current = { $emoji } { $title }
menu-current-until = { $emoji } { $title } · { $until }
menu-current-none = No status
menu-current-unknown = Looking up your status…
menu-seen = Checked { $when }
menu-sending = Sending: { $emoji } { $title }
menu-sending-clear = Clearing the status…
menu-waiting = Waiting to be sent: { $emoji } { $title }
menu-waiting-until = Waiting to be sent: { $emoji } { $title } · { $until }
menu-waiting-clear = Waiting to be sent: clear status
menu-refused = Not accepted: { $emoji } { $title }
menu-refused-clear = Not accepted: clear status
menu-cancel-pending = Do not send
menu-dismiss-refused = Got it, hide this
menu-conflict = Changed elsewhere: { $emoji } { $title }
menu-conflict-none = The status was cleared elsewhere
menu-conflict-unreadable = Pachca shows something this version cannot read
menu-conflict-late = Waiting for over a day: { $emoji } { $title }
menu-conflict-late-clear = Clearing the status has waited for over a day
menu-apply-ours = Set { $emoji } { $title } anyway
menu-apply-ours-clear = Clear the status anyway
menu-keep-theirs = Keep it as it is
menu-link-offline = No connection
menu-link-timeout = The server is not answering
menu-link-not-pachca = The network asks you to sign in, or this is not Pachca
menu-link-tls = No secure connection
menu-link-server = Server error
menu-link-unexpected = The server’s answer could not be understood
menu-link-paused = The server asks to wait { $until }
menu-retry = Try now
menu-token-loading = Opening the keyring…
menu-token-slow = The keyring has not answered yet
menu-token-missing = A token is needed
menu-token-locked = The keyring is locked
menu-token-denied = No access to the keyring
menu-token-no-service = No keyring found
menu-token-several = The keyring holds several tokens for this account
menu-token-rejected = Pachca does not accept the token
menu-connect = Connect an account…
menu-reconnect = Connect again…
menu-scope-missing = The token lacks the scope { $scope }
menu-forbidden = Your role or plan does not allow this
menu-extend = Extend
menu-extend-minutes = { $minutes ->
    [one] By { $minutes } minute · { $until }
   *[other] By { $minutes } minutes · { $until }
}
menu-extend-hours = { $hours ->
    [one] By { $hours } hour · { $until }
   *[other] By { $hours } hours · { $until }
}
menu-extend-workday = For the whole working day · { $until }
menu-clear = Clear status
menu-undo = Back to { $emoji } { $title }
menu-undo-clear = Back to no status
menu-preset = { $emoji } { $title }
menu-preset-until = { $emoji } { $title } · { $until }
menu-preset-ask = { $emoji } { $title }…
menu-more = More
menu-custom = Custom status…
menu-avatar = Change avatar…
menu-open = Open window
menu-settings = Preferences…
menu-quit = Quit

## Notifications

notification-conflict-title = Your status was changed elsewhere
notification-unreadable-title = Your status has not been sent: Pachca’s answer cannot be read
notification-conflict-body = It is now { $emoji } { $title }. Yours has not been sent: open the window and choose which to keep.
notification-conflict-body-none = There is no status now. Yours has not been sent: open the window and choose which to keep.
notification-late-title = A status has waited for over a day
notification-late-body = { $emoji } { $title }: still send it? Decide in the window.
notification-late-body-clear = Still clear the status? Decide in the window.
notification-waited-title = A status was not sent
notification-waited-body = “{ $title }” ended while there was no connection, so it will not be sent.
notification-refused-title = Pachca did not accept the status
notification-refused-body = { $emoji } { $title }: open the window to see why.
notification-refused-body-clear = The status could not be cleared: open the window to see why.
notification-token-title = A token is needed
notification-token-body = Statuses are not being sent. Open the window to see what to do.
notification-delivered-title = Status sent
notification-delivered-body = The connection is back, your status is now { $emoji } { $title }.
notification-delivered-body-clear = The connection is back, your status is cleared.
notification-expired-title = Status ended
notification-expired-body = { $emoji } { $title } is no longer shown.

## Failures between the app and the server. Arguments: $scope, $seconds, $status, $message.

failure-offline = No connection to Pachca. Check the network, the proxy or the server address.
failure-timeout = Pachca did not answer in time. Check the network, VPN or proxy.
failure-not_pachca = Something other than Pachca answered: the network may want you to sign in. Open a browser and check the network.
failure-tls = The secure connection failed. Check the computer’s date and time, the proxy, and that the system’s certificates are installed.
failure-token_rejected = Pachca does not accept the token: it was revoked, or access is suspended. Connect with a new token, or wait until access is restored.
failure-scope_missing = { $scope ->
    [unknown] The token lacks the scope for this. Create a token that has it and connect again.
   *[other] The token lacks the scope { $scope }. Create a token that has it and connect again.
}
failure-role_forbids = Your role in Pachca does not allow this. Ask the workspace’s administrator.
failure-plan_forbids = Your workspace’s plan does not include this. Ask the workspace’s administrator.
failure-refused = Pachca did not accept this. Check the fields and try again.
failure-wrong_emoji = Pachca did not accept this emoji. Choose another one.
failure-too_long = Pachca finds the text too long. Shorten it and try again.
failure-not_found = There is no Pachca API at this address. Check the server address in Preferences.
failure-rate_limited = { $seconds ->
    [0] Too many requests in a row. We will wait as long as Pachca asks, then send it.
    [one] Too many requests in a row. Pachca asks to wait { $seconds } second, then we will send it.
   *[other] Too many requests in a row. Pachca asks to wait { $seconds } seconds, then we will send it.
}
failure-server_error = Something failed on Pachca’s side: it usually passes by itself.
failure-too_large = The answer is larger than anything Pachca sends. Check the server address and the proxy.
failure-unexpected = Pachca’s answer could not be understood. Try again later; if it keeps happening, copy the report in Diagnostics.
failure-called_off = The request was ended before it was sent.

## Errors of what was asked for. Arguments: $detail, $token (a sentence of token-*).

error-not_connected = Connect an account first.
error-failure = Pachca could not be reached.
error-token_invisible = There is an invisible character inside this token. Copy it once more, straight from Pachca.
error-token_malformed = This does not look like a token: copy all of it, without spaces or line breaks.
error-server_address_invalid = This address cannot be used: it has to start with https:// and hold no user name.
error-keyring_unavailable = The token works, but it could not be saved. { $token }
error-keyring_not_removed = The token is still in the keyring: it could not be removed. { $token }
error-picture_unknown = This is not a picture. Use JPEG, PNG, WebP, GIF or BMP.
error-picture_kind_refused = { $detail } is not supported: save the picture as JPEG or PNG.
error-picture_too_large = The picture is too large: at most 10 MB, 8000 pixels a side and 40 megapixels.
error-picture_broken = The picture file is damaged. Choose another one.
error-file_unreadable = The file cannot be read. Check that you have access to it.
error-file_unwritable = The file could not be written. Check the free space and your access to the folder.
error-import_not_presets = There are no presets in this file.
error-import_entry_invalid = One entry in the file is wrong, so nothing was added.
error-import_too_many = There would be more than 200 presets, so nothing was added.
error-status_invalid = This status cannot be set. { $detail }
error-preset_invalid = This status cannot be saved. { $detail }
error-presets_full = No more than 200 statuses can be saved. Delete some first.
error-link_refused = This link was not opened: it is not https, or it looks suspicious.
error-nothing_there = There is nothing left to change here.
error-cancelled = Stopped.
error-shortcut_unavailable = Another program has this shortcut, or it is not supported. Choose another one.
error-autostart_failed = The system did not let us change start at login.
error-update_failed = The newer version could not be downloaded ({ $detail }). Try again later.
error-update_untrusted = What was downloaded is not signed by the makers of this app. Nothing was changed. Download the app from its page.
error-ending = The app is closing.

## What is wrong with a file of presets

import-not-json = Line { $line }, character { $column }: it cannot be read from there on.
import-newer = A newer version of the app wrote it: update the app.
import-entry = Entry { $number }, “{ $title }”: { $fault }
import-entry-untitled = Entry { $number }: { $fault }
import-fault-shape = Its fields are not as in a saved file ({ $detail }).
import-fault-id = Its id is not 1 to 40 characters of a–z, 0–9 and the hyphen.
import-fault-same-id = An earlier entry has the same id.

## What keeps a status from being set

invalid-emoji_missing = Choose an emoji.
invalid-emoji_not_emoji = Use a single emoji, without text.
invalid-title_missing = Say what you are doing.
invalid-title_too_long = At most 50 characters.
invalid-away_message_too_long = At most 1024 characters, date and time included.
invalid-end_in_the_past = That time has passed. Choose another one.
invalid-minutes_out_of_range = From one minute to a year.
invalid-date_missing = Choose a date and time.

## What to know about this computer. Arguments: $path, $restored, $reason, $seconds, $shortcut, $title.

notice-file_damaged = { $restored ->
    [true] A file was damaged. We kept everything that could be read from it and its backup, and set the file aside: { $path }
   *[false] A file was damaged and set aside: { $path }. The default settings are in use.
}
notice-file_from_newer_version = A newer version of the app wrote this file, so changes are not saved: { $path }. Update the app.
notice-cannot_save = Changes are not saved: { $path }. The system says: { $reason }
notice-no_tray_host = Your desktop shows no tray icons, so the app lives in this window. On GNOME the AppIndicator extension helps.
notice-clock_off = { $seconds ->
    [one] This computer’s clock is { $seconds } second off from the server: a status may end at the wrong time. Check the date and time.
   *[other] This computer’s clock is { $seconds } seconds off from the server: a status may end at the wrong time. Check the date and time.
}
notice-shortcut_unavailable = The shortcut { $shortcut } is taken or not supported. Choose another one in Preferences.
notice-waited_too_long = “{ $title }” ended while there was no connection, so it will not be sent.

## Where the token stands

token-loading = Opening the keyring.
token-slow = The keyring has not answered yet: the system may be asking for your password in another window.
token-missing = There is no token: connect an account.
token-kept = The token is saved in this computer’s keyring.
token-session_only = The token is only in memory: paste it again after you quit the app.
token-from_environment = The token comes from PACHCA_TOKEN and is not stored anywhere.
token-locked = The keyring is locked. Unlock it and try again.
token-denied = The system refused access to the keyring. Allow it and try again.
token-no_service = No keyring was found on this computer.
token-several = The keyring holds several tokens for this account. Connect with the right one: it takes the place of them all.
token-rejected = Pachca does not accept the token. It is kept: connect with a new one, or wait until access is restored.

## Presets as they are from the start

preset-away-title = Away
preset-away-message = Away, back at {"{time}"}.
preset-lunch-title = Lunch
preset-lunch-message = At lunch, back at {"{time}"}.
preset-meeting-title = In a meeting
preset-focus-title = Focus
preset-remote-title = Working remotely
preset-done-title = Done for today
preset-done-message = Done for today, I will answer {"{date}"} after {"{time}"}.
preset-call-title = On a call
preset-commute-title = Commuting
preset-commute-message = On the road, I will answer after {"{time}"}.
preset-office-title = At the office
preset-sick-title = Out sick
preset-sick-message = Out sick, not available today.
preset-vacation-title = On vacation
preset-vacation-message = On vacation until {"{date}"}.

## Desktop: the window as the system sees it, dialogs, and the first closing of the window

window-name = Pachca Status
shell-picture-title = Choose a picture
shell-picture-files = Pictures
shell-import-title = Import presets
shell-export-title = Export presets
shell-preset-files = Presets (JSON)
shell-all-files = All files
shell-login-reason = Show your status in the tray from the moment you log in
shell-update-title = A newer version of Pachca Status is available
shell-update-body = Preferences show what is new and let you install it.
shell-no-window-title = The window does not open
shell-no-window-body = Your status can still be set from the menu of the icon. If it stays like this, install the app again.
shell-window-ended-title = The window has closed by itself
shell-window-ended-body = What was typed into it and not set is gone. Click here to open it again.
shell-still-here-title = Pachca Status stays in the tray
shell-still-here-body = Click its icon to change your status. What closing the window does is set in Preferences.
