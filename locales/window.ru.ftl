### Window: frame

window-pages = Разделы
window-skip-to-content = К содержимому
window-messages = Сообщения
window-close = Закрыть
window-cancel = Отмена
window-save = Сохранить
window-try-again = Попробовать ещё раз
window-to-account = Открыть раздел «Аккаунт»
window-to-diagnostics = Открыть диагностику
window-to-preferences = Открыть настройки
window-undo = Вернуть
window-copy-what = Скопировать: { $what }
window-copied = Скопировано
window-copy-failed = Не получилось скопировать: система не дала доступ к буферу обмена.
window-toast-has-action = Доступно действие «{ $action }».
window-error-internal = Что-то пошло не так в самом приложении. Скопируйте отчёт в разделе «Диагностика» и пришлите его разработчикам.
window-details = Подробности
window-server-says = Ответ сервера
window-http-status = Код ответа
window-request-id = Номер запроса для поддержки
window-not-connected = Не подключено
window-link-none = Вставьте токен
window-link-unknown = Подключаемся
window-link-online = На связи
window-link-trouble = Нет связи
window-link-paused = Сервер просит подождать
window-link-attention = Нужно внимание

page-status = Статус
page-presets = Заготовки
page-profile = Профиль
page-account = Аккаунт
page-preferences = Настройки
page-diagnostics = Диагностика

## Window: lengths of time and rules

duration-minutes = { $minutes } мин
duration-hours = { $hours } ч
duration-hours-minutes = { $hours } ч { $minutes } мин
duration-days = { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
}
duration-days-hours = { $days ->
    [one] { $days } день { $hours } ч
    [few] { $days } дня { $hours } ч
   *[many] { $days } дней { $hours } ч
}
expiry-end_of_workday = До конца рабочего дня
expiry-end_of_day = До конца дня
expiry-tomorrow_morning = До завтрашнего утра
expiry-next_working_morning = До утра рабочего дня
expiry-minutes = Другая длительность
expiry-at = Дата и время
expiry-ask_date = Спрашивать дату
expiry-never = Без срока
expiry-minutes-label = Сколько минут
expiry-minutes-unit = минут
expiry-date-label = Дата окончания
expiry-time-label = Время окончания
expiry-rule-never = без срока
expiry-rule-end_of_workday = до конца рабочего дня
expiry-rule-end_of_day = до конца дня
expiry-rule-tomorrow_morning = до завтрашнего утра
expiry-rule-next_working_morning = до утра рабочего дня
expiry-rule-ask_date = спросит дату
expiry-rule-at = до { $when }

### Window: Status

status-heading = Ваш статус сейчас
status-none = Статуса нет
status-none-about = Коллеги видят только ваше имя. Выберите заготовку или составьте свой статус.
status-unknown = Пока не знаем ваш статус
status-unknown-about = Посмотрим, как только Пачка ответит.
status-no-end = без срока
status-left = ещё { $duration }
status-left-moment = меньше минуты
status-away = Отошёл
status-clear = Сбросить статус
status-refresh = Проверить сейчас
status-seen = Проверено { $when }
status-stale = Нет связи, мог измениться. Проверено { $when }
status-undo = Вернуть { $emoji } { $title }
status-undo-none = Вернуть: без статуса
status-now-set = Статус стоит: { $emoji } { $title }
status-now-clear = Статус сброшен
status-line = { $emoji } { $title }
status-line-until = { $emoji } { $title } · { $until }
status-line-none = без статуса
status-nobody = Здесь будет ваш статус
status-nobody-about = Подключите Пачку один раз, и статус будет меняться одним щелчком из трея.
status-connect = Подключить Пачку
extend-heading = Продлить
extend-15 = +15 мин
extend-30 = +30 мин
extend-60 = +1 ч
extend-workday = До конца рабочего дня
pending-sending = Отправляем: { $emoji } { $title }
pending-sending-clear = Сбрасываем статус
pending-waiting = Ждёт отправки
pending-waiting-title = Ждёт отправки: { $status }
pending-waiting-soon = Отправим сами, как только получится.
pending-waiting-saved = Можно выйти из приложения: ничего не потеряется.
pending-waiting-unsaved = Не выходите из приложения: сохранить это на диск не вышло.
pending-refused-title = Пачка не приняла: { $status }
pending-refused-about = Ничего не потеряно: поправьте статус или откажитесь от него.
pending-retry = Отправить сейчас
pending-edit = Поправить
pending-cancel = Не отправлять
conflict-title = Статус изменили в другом месте
conflict-about = Сейчас: { $theirs }. Ждёт отправки: { $ours }. Какой оставить?
conflict-late-title = Статус ждёт больше суток
conflict-late-about = { $ours }: всё ещё отправить?
conflict-unreadable-title = Ответ Пачки не удаётся прочитать
conflict-unreadable-about = Что сейчас видят коллеги, неизвестно. Всё равно отправить { $ours }?
conflict-ours = Отправить наш
conflict-theirs = Оставить как есть
link-retry = Попробуем сами { $when }.
link-retry-soon = Попробуем сами.
link-paused-retry = Пачка просит подождать с запросами. Продолжим сами { $when }.
link-paused = Пачка просит подождать с запросами
link-paused-until = Продолжим сами { $when }. Нажатое за это время не потеряется.
scopes-banner = { $count ->
    [one] Токену не хватает права, чтобы всё работало
    [few] Токену не хватает прав, чтобы всё работало
   *[many] Токену не хватает прав, чтобы всё работало
}
quick-heading = В один щелчок
quick-all = Все заготовки
recents-heading = Недавние
recents-apply = Поставить
recents-apply-title = Поставить: { $title }
recents-edit = Открыть в редакторе: { $title }
recents-remove = Убрать из недавних: { $title }

## Window: composer

composer-heading = Свой статус
composer-title = Чем вы заняты
composer-title-placeholder = Чем вы заняты?
composer-count = { $count } / { $limit }
composer-expiry = Когда закончится
composer-ends = Закончится { $when }
composer-ends-never = Останется, пока вы его не сбросите
composer-ends-asked = Спросит дату, когда вы его выберете
composer-ends-date-needed = Выберите дату и время
composer-away = Режим «Отошёл»
composer-away-about = Коллеги увидят, что вас нет на месте. Кто напишет или упомянет вас, получит сообщение ниже.
composer-message = Сообщение для тех, кто напишет
composer-message-placeholder = Например: вернусь в {"{time}"}
composer-insert = Подставить:
composer-insert-time = время окончания
composer-insert-date = дату окончания
composer-set = Поставить статус
composer-save-preset = Сохранить как заготовку
composer-reset = Очистить
emoji-choose = Выбрать эмодзи
emoji-button-chosen = Эмодзи { $emoji }. Выбрать другой
emoji-failed = Не получилось открыть список эмодзи. Попробуйте ещё раз.
preview-caption = Так увидят коллеги
preview-answers = Ответ тем, кто напишет
preview-you = Вы
preview-no-title = Текст статуса
preview-no-message = Без сообщения: коллеги увидят только режим «Отошёл».

close-tip = Окно можно закрыть: приложение останется в трее
close-tip-about = Статус меняется щелчком по значку. Если значка не видно, система могла спрятать его под стрелку или за вырез экрана.
close-tip-ok = Понятно
window-quit = Выйти из приложения

### Window: Presets

presets-about = Статусы на каждый день. Перетащите строку или нажмите Alt и стрелку, чтобы поменять порядок.
presets-about-away = { $expiry } · режим «Отошёл»
presets-add = Добавить заготовку
presets-import = Загрузить из файла
presets-export = Сохранить в файл
presets-restore = Вернуть исходные
presets-restore-title = Вернуть исходные заготовки?
presets-restore-about = Ваш список заменится тем, что был в начале. Это можно будет отменить.
presets-restored = Заготовки снова исходные
presets-undo = Отменить последнее изменение
presets-imported = { $added ->
    [0] { $replaced ->
        [one] Обновлена { $replaced } заготовка
        [few] Обновлены { $replaced } заготовки
       *[many] Обновлено { $replaced } заготовок
    }
    [one] Добавлена { $added } заготовка, обновлено: { $replaced }
    [few] Добавлены { $added } заготовки, обновлено: { $replaced }
   *[many] Добавлено { $added } заготовок, обновлено: { $replaced }
}
presets-exported = Сохранено: { $path }
presets-moved = { $title }: место { $place } из { $count }
presets-deleted = Удалено: { $title }
presets-duplicated = Сделана копия: { $title }
presets-saved = Сохранено: { $title }
presets-added = Добавлено: { $title }
presets-empty = Заготовок нет
presets-empty-about = Добавьте свою или верните исходные: они появятся в меню трея.
presets-tray-count = { $count ->
    [0] В меню трея нет ни одной
    [one] В меню трея { $count } заготовка
    [few] В меню трея { $count } заготовки
   *[many] В меню трея { $count } заготовок
}
presets-tray-over = { $over ->
    [one] В меню трея { $shown }, ещё { $over } под пунктом «Ещё»
    [few] В меню трея { $shown }, ещё { $over } под пунктом «Ещё»
   *[many] В меню трея { $shown }, ещё { $over } под пунктом «Ещё»
}
presets-tray-limit = Показывать в меню не больше
presets-in-tray = Показывать в меню трея
presets-in-tray-of = Показывать в меню трея: { $title }
presets-handle = Переместить: { $title }, место { $place }
presets-handle-hint = Перетащите или нажмите Alt и стрелку
presets-more = Ещё действия
presets-more-of = Ещё действия: { $title }
presets-edit-of = Изменить: { $title }
presets-duplicate = Сделать копию
presets-up = Выше
presets-down = Ниже
presets-delete = Удалить
preset-edit = Изменить заготовку
preset-new = Новая заготовка
preset-in-tray = Показывать в меню трея
preset-in-tray-about = Ставится одним щелчком, не открывая окно.

### Window: Profile

profile-about = Как вас видят коллеги. Имя, должность и поля меняются в самой Пачке.
profile-refresh = Обновить
profile-nobody = Профиль появится после подключения
profile-nobody-about = Подключите Пачку, и здесь будет всё, что видят о вас коллеги.
profile-empty = не заполнено
profile-yes = да
profile-no = нет
profile-suspended = Доступ приостановлен
profile-is-bot = Бот
profile-group-contact = Контакты
profile-group-work = Работа
profile-group-custom = Дополнительные поля
profile-group-account = Учётная запись
profile-definitions-missing = Показаны только заполненные поля: чтобы видеть все, токену нужно право custom_properties:read.
profile-field-nickname = Имя пользователя
profile-field-email = Почта
profile-field-phone_number = Телефон
profile-field-title = Должность
profile-field-department = Отдел
profile-field-role = Роль
profile-field-tags = Теги
profile-field-id = Номер
profile-field-time_zone = Часовой пояс
profile-field-last_activity_at = Последняя активность
profile-field-created_at = В Пачке с
profile-field-invite_status = Приглашение
profile-field-inviter_id = Кто пригласил
profile-field-sso = Вход через SSO
profile-field-bot = Бот
profile-zone-differs = На этом компьютере другой пояс: { $zone }. Статусы считаются по часам компьютера.
role-admin = администратор
role-user = сотрудник
role-multi_guest = мультигость
role-guest = гость
invite-confirmed = принято
invite-sent = отправлено
link-open-what = Открыть ссылку: { $name }
link-title = Открыть ссылку?
link-about = Она откроется в браузере и ведёт на:
link-open = Открыть
avatar-heading = Аватар
avatar-alt = Ваш аватар
avatar-choose = Выбрать картинку
avatar-change = Сменить картинку
avatar-remove = Удалить
avatar-remove-title = Удалить аватар?
avatar-remove-about = Коллеги увидят ваши инициалы. Картинку можно будет вернуть.
avatar-removed = Аватар удалён
avatar-undo = Вернуть прежний
avatar-undone = Прежний аватар вернулся
avatar-uploaded = Аватар обновлён
avatar-drop = Отпустите картинку здесь
avatar-hint = Можно перетащить сюда файл или вставить картинку из буфера. JPEG, PNG, WebP, GIF или BMP, до 10 МБ.
crop-title = Новый аватар
crop-stage = Картинка под квадратом
crop-help = Двигайте картинку мышью или стрелками, приближайте колесом, ползунком или клавишами + и −.
crop-zoom = Приближение
crop-preview = Как это будет выглядеть
crop-small = В чате
crop-round = В профиле
crop-square = Целиком
crop-animated = Картинка движется: возьмём только первый кадр.
crop-upload = Поставить аватар
crop-another = Другая картинка
crop-stop = Остановить
crop-stopped = Загрузка остановлена
crop-progress = Загрузка аватара
crop-percent = { $percent } %

### Window: Account

account-unnamed = Без имени
account-person = Кто подключён
account-connected = Подключено: { $name }
account-reconnect = Подключить заново
account-disconnect = Отключить
account-disconnect-title = Отключить аккаунт?
account-disconnect-about = Токен удалится с этого компьютера. Статус в Пачке, заготовки и настройки останутся.
account-disconnect-token = Сам токен продолжит работать, пока вы не удалите его в Пачке: «Автоматизации» → «API».
account-disconnected = Отключено. Сам токен работает, пока вы не удалите его в Пачке.
account-token = Токен
account-recheck = Проверить
token-field-name = Название
token-field-masked = Токен
token-field-created = Создан
token-field-used = Последнее использование
token-field-expires = Действует
token-field-kept = Где хранится
token-no-name = без названия
token-never-used = ещё не использовался
token-no-end = без срока
token-ends-in = ещё { $duration }
token-kept-where = В хранилище паролей этого компьютера: { $store }
scopes-heading = Права токена
scopes-unlocks = Что даёт
scopes-state = Есть ли
scopes-have = есть
scopes-missing = нет
scopes-how = Права нельзя добавить к готовому токену: создайте в Пачке новый со всеми правами из списка и нажмите «Подключить заново». Если право отмечено, а действие не проходит, его не разрешает ваша роль: спросите администратора.
scopes-more = Этот токен может и то, что здесь не нужно: { $scopes }
scopes-more-about = Этим воспользуется и тот, к кому он попадёт. Надёжнее отдельный токен только с правами из списка ниже.
scope-profile-status-write = Ставить и сбрасывать статус
scope-profile-status-read = Видеть ваш статус
scope-profile-read = Видеть ваш профиль
scope-profile-avatar-write = Менять и удалять аватар
scope-custom-properties-read = Видеть все дополнительные поля
connect-title = Подключите Пачку
connect-title-again = Новый токен
connect-about = Нужен ваш личный токен. Он останется на этом компьютере и уходит только на сервер Пачки.
connect-token = Токен
connect-placeholder = Вставьте токен
connect-show = Показать токен
connect-hide = Скрыть токен
connect-session = Не сохранять токен
connect-session-about = Останется в памяти до выхода из приложения.
connect-button = Подключить
connect-server = Сервер:
connect-other-server = Другой сервер
help-how = Где взять токен
help-step-1 = В Пачке откройте «Автоматизации» → «API».
help-step-2 = Нажмите «Создать новый токен» и дайте ему название, например «Статус на ноутбуке».
help-step-3 = Отметьте права из списка ниже.
help-step-4 = Скопируйте токен сразу: Пачка показывает его один раз.
help-cannot = Не получается создать токен
help-cannot-guest = Гости не могут создавать токены. Попросите администратора сделать вас сотрудником.
help-cannot-owner = Владелец пространства мог запретить личные токены. Попросите его разрешить их в настройках API.
help-cannot-scope = Если нужного права нет в списке, его не даёт ваша роль. Остальное будет работать и без него.
help-cannot-bot = Токен бота тоже подойдёт, но статус и аватар будут у бота, а не у вас.
help-where = Где хранится токен
help-where-mac = В Связке ключей macOS, под именем Pachca Status. Файлов с токеном нет.
help-where-windows = В Диспетчере учётных данных Windows. Файлов с токеном нет.
help-where-linux = В хранилище паролей рабочего стола: GNOME Keyring, KWallet или KeePassXC. Файлов с токеном нет.
help-where-never = Если хранилища нет или оно закрыто, токен живёт только в памяти до выхода из приложения. В файл он не попадает никогда.
help-where-origin = Токен привязан к адресу сервера: если адрес сменить, понадобится подключиться заново.
keyring-slow-about = Посмотрите, не открыто ли окно с запросом пароля. Поздний ответ тоже подойдёт.
keyring-session-hint = Можно подождать, попробовать ещё раз или вставить токен без сохранения.
keyring-rejected-about = Вставьте новый токен ниже. Заготовки и то, что ждёт отправки, сохранены.
keyring-several-about = Ни один не используется и ни один не удалён. Вставьте ниже тот, который нужен.
keyring-environment = Токен задан переменной PACHCA_TOKEN, поэтому сменить или удалить его отсюда нельзя.

### Window: Preferences

preferences-as-system = Как в системе
preferences-look = Вид
preferences-language = Язык
preferences-theme = Тема
preferences-light = Светлая
preferences-dark = Тёмная
preferences-start = Запуск и окно
preferences-login = Запускать при входе в систему
preferences-login-about = Появится значок в трее, без окна.
preferences-close = Когда окно закрыто
preferences-close-about = Выйти совсем можно из меню трея или клавишами Ctrl+Q.
preferences-close-tray = Остаться в трее
preferences-close-quit = Выйти
preferences-close-no-tray = Рабочий стол не показывает значки в трее. Чтобы снова открыть окно, запустите приложение ещё раз.
preferences-hours = Рабочее время
preferences-hours-about = От него зависят «до конца рабочего дня» и «до утра рабочего дня».
preferences-hours-time = Часы
preferences-hours-days = Дни
preferences-hours-start = Начало рабочего дня
preferences-hours-end = Конец рабочего дня
preferences-hours-overnight = Конец раньше начала: рабочий день заканчивается на следующие сутки.
preferences-days-none = Дни не отмечены: рабочим считается каждый.
preferences-notifications = Уведомления
preferences-notify-failures = Не получилось или нужно решение
preferences-notify-failures-about = Статус не принят, изменён в другом месте или нужен новый токен.
preferences-notify-delivered = Отложенный статус отправлен
preferences-notify-delivered-about = Когда связь вернулась и то, что ждало, ушло.
preferences-notify-expired = Статус закончился
preferences-notify-expired-about = Когда время статуса вышло.
preferences-shortcuts = Сочетания клавиш
preferences-tray = Трей и сервер
preferences-tray-limit-about = Остальные заготовки будут под пунктом «Ещё».
preferences-interval = Проверять статус
preferences-interval-about = Вдруг вы сменили его на телефоне. При открытии окна и после сна проверяем сразу.
preferences-interval-minutes = { $minutes ->
    [one] раз в { $minutes } минуту
    [few] раз в { $minutes } минуты
   *[many] раз в { $minutes } минут
}
updates-heading = Обновления
updates-daily = Раз в день искать новую версию
updates-daily-about = Запрос идёт на страницу выпусков проекта. Без вашего щелчка ничего не ставится.
updates-look = Проверить сейчас
updates-none = У вас самая новая версия.
updates-found = Вышла версия { $version }
updates-install = Установить и перезапустить
updates-installing = Загружаем и проверяем подпись. Приложение перезапустится.
shortcut-open = Открыть окно
shortcut-open-about = Работает в любой программе.
shortcut-clear = Сбросить статус
shortcut-clear-about = Сразу, без вопросов.
shortcut-none = Не задано
shortcut-press = Нажмите клавиши
shortcut-remove = Убрать сочетание
shortcut-same = Это сочетание уже занято другим действием здесь же.
shortcuts-unavailable = Этот рабочий стол не даёт программам общих сочетаний клавиш (так устроен Wayland). Его можно назначить в настройках системы на команду pachca-status: она откроет окно.
server-heading = Сервер
server-label = Адрес API
server-about = Нужен, только если Пачка стоит на сервере вашей компании. Пустое поле означает облако Пачки.
server-check = Проверить
server-good = Отвечает за { $ms } мс: { $address }
server-reset = Вернуться в облако Пачки
server-saved = Адрес сохранён
server-change = Сменить сервер
server-change-title = Сменить сервер?
server-change-about = Токен привязан к прежнему адресу и на новый не уйдёт: понадобится подключиться заново.

### Window: Diagnostics

diagnostics-about = Почему не работает и что сделать.
diagnostics-run = Проверить снова
diagnostics-copy = Скопировать отчёт
diagnostics-copied = Отчёт скопирован. В нём нет токена и личных данных.
diagnostics-summary-good = Всё в порядке
diagnostics-summary-limited = { $count ->
    [one] Работает, но есть { $count } замечание
    [few] Работает, но есть { $count } замечания
   *[many] Работает, но есть { $count } замечаний
}
diagnostics-summary-bad = { $count ->
    [one] Не работает { $count } вещь: ниже сказано, что делать
    [few] Не работают { $count } вещи: ниже сказано, что делать
   *[many] Не работает { $count } вещей: ниже сказано, что делать
}
verdict-good = В порядке:
verdict-limited = С ограничением:
verdict-bad = Не работает:
verdict-unknown = Пока неизвестно:
requests-heading = Последние запросы
requests-none = Запросов ещё не было.
requests-method = Запрос
requests-status = Ответ
requests-time = Время
requests-when = Когда
requests-ms = { $ms } мс
requests-no-answer = нет ответа
request-failure-offline = нет связи
request-failure-timeout = не дождались
request-failure-not_pachca = не Пачка
request-failure-tls = нет защиты
request-failure-token_rejected = токен не принят
request-failure-scope_missing = нет права
request-failure-role_forbids = роль не даёт
request-failure-plan_forbids = тариф не даёт
request-failure-refused = не принято
request-failure-wrong_emoji = эмодзи не принят
request-failure-too_long = слишком длинно
request-failure-not_found = не найдено
request-failure-rate_limited = просят подождать
request-failure-server_error = ошибка сервера
request-failure-too_large = слишком большой
request-failure-unexpected = непонятный ответ
request-failure-called_off = отменён
about-heading = О приложении
about-independent = Независимый продукт: его делает не Пачка, и Пачка за него не отвечает.
about-licence = Открытый код, лицензия MIT.
about-privacy = Ничего не собирает и ни с кем не связывается, кроме сервера Пачки.

diagnostics-network = Сеть
diagnostics-network-reached = Пачка доступна.
diagnostics-network-offline = Нет связи. Проверьте сеть, VPN или прокси.
diagnostics-network-timeout = Сервер не отвечает вовремя. Проверьте сеть, VPN или прокси.
diagnostics-network-tls = Защищённое соединение не устанавливается. Проверьте дату на компьютере, прокси и установлены ли сертификаты системы.
diagnostics-network-not_pachca = Отвечает не Пачка: сеть может просить войти. Откройте браузер и проверьте сеть.
diagnostics-network-unknown = Проверить не получилось: посмотрите на адрес сервера.
diagnostics-server = Сервер
diagnostics-server-answers = По этому адресу отвечает Пачка.
diagnostics-server-paused = Пачка просит подождать с запросами. Продолжим сами.
diagnostics-server-error = На стороне сервера ошибка. Подождите: попробуем сами.
diagnostics-server-not_found = По этому адресу нет API Пачки. Проверьте адрес сервера.
diagnostics-server-unexpected = По этому адресу отвечает не Пачка. Проверьте адрес сервера и прокси.
diagnostics-server-unknown = Узнаем, когда появится связь.
diagnostics-token = Токен
diagnostics-token-loading = Читаем из хранилища паролей.
diagnostics-token-slow = Ждём хранилище паролей. Возможно, система просит ваш пароль в другом окне.
diagnostics-token-missing = Токена нет. Подключите аккаунт.
diagnostics-token-kept = Принят и сохранён.
diagnostics-token-session_only = Принят, но не сохранён: после выхода его нужно будет вставить снова.
diagnostics-token-from_environment = Взят из переменной PACHCA_TOKEN.
diagnostics-token-locked = Не прочитан: хранилище паролей заблокировано.
diagnostics-token-denied = Не прочитан: система не дала доступ к хранилищу паролей.
diagnostics-token-no_service = Не прочитан: хранилище паролей не найдено.
diagnostics-token-several = Не прочитан: в хранилище паролей их несколько для этого аккаунта. Подключитесь заново.
diagnostics-token-rejected = Пачка его не принимает. Подключитесь с новым токеном.
diagnostics-scopes = Права
diagnostics-scopes-all = Всех прав хватает.
diagnostics-scopes-missing = Не хватает прав. Создайте токен со всеми и подключитесь заново.
diagnostics-scopes-unknown = Узнаем, когда будет подключён аккаунт.
diagnostics-keyring = Хранилище паролей
diagnostics-keyring-open = Открыто.
diagnostics-keyring-slow = Не отвечает. Возможно, система ждёт вашего пароля в другом окне.
diagnostics-keyring-locked = Заблокировано. Разблокируйте его и попробуйте ещё раз в разделе «Аккаунт».
diagnostics-keyring-denied = Система не дала доступ. Разрешите его и попробуйте ещё раз.
diagnostics-keyring-no_service = Не найдено. Токен будет жить до выхода из приложения. В Linux установите gnome-keyring или KWallet.
diagnostics-tray = Значок в трее
diagnostics-tray-present = Показывается.
diagnostics-tray-absent = Рабочий стол не показывает значки. В GNOME поможет расширение AppIndicator, а открыть окно можно повторным запуском.
diagnostics-tray-unknown = Система об этом не сообщает.
diagnostics-files = Файлы
diagnostics-files-writable = Сохраняются.
diagnostics-files-failing = Изменения не сохраняются. Проверьте место на диске и доступ к папке.
diagnostics-files-damaged = Файл был повреждён и отложен в сторону.
diagnostics-files-newer = Файл записан более новой версией. Обновите приложение.
diagnostics-clock = Часы
diagnostics-clock-right = Идут вместе с сервером.
diagnostics-clock-off = Расходятся с сервером на { $detail } с: статус может закончиться не вовремя. Проверьте дату и время.
diagnostics-clock-unknown = Ещё не сверяли.
presets-column-tray = В трее
