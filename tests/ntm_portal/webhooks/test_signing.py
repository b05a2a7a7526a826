import base64
import hashlib
import hmac

from ntm_portal.webhooks.signing import headers_of, new_salt, secret_of


def test_whoever_has_the_secret_can_check_a_message() -> None:
    salt = new_salt()
    secret = secret_of(salt)
    headers = headers_of(salt, "ntm_1_2_3", 1_600_000_000, b"{}")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = hmac.new(key, b"ntm_1_2_3.1600000000.{}", hashlib.sha256).digest()
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(expected).decode()}"
    assert headers["webhook-id"] == headers["Idempotency-Key"] == "ntm_1_2_3"
    assert headers["webhook-timestamp"] == "1600000000"


def test_the_secret_is_the_same_each_time_and_another_for_each_webhook() -> None:
    salt = new_salt()
    assert secret_of(salt) == secret_of(salt) != secret_of(new_salt())
    assert salt not in secret_of(salt)
