package dev.espalier.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The example of RFC 7677, section 3. */
final class ScramTest {
  private static final String CLIENT_NONCE = "rOprNGfwEbeRWgbNEkqO";
  private static final String SERVER_NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
  private static final String FIRST = "n,,n=user,r=" + CLIENT_NONCE;
  private static final String LAST =
      "c=biws,r=" + CLIENT_NONCE + SERVER_NONCE + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

  private static Scram.Conversation conversation(String password) {
    byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
    return new Scram("user", password, salt).begin(SERVER_NONCE);
  }

  @Test
  void theExampleOfTheRfc() throws Exception {
    Scram.Conversation conversation = conversation("pencil");
    assertThat(conversation.first(FIRST))
        .isEqualTo(
            "r=%s%s,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096".formatted(CLIENT_NONCE, SERVER_NONCE));
    assertThat(conversation.last(LAST)).isEqualTo("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
  }

  @Test
  void anotherPasswordIsRefusedAndAProofIsGoodOnce() throws Exception {
    Scram.Conversation other = conversation("pencils");
    other.first(FIRST);
    assertThatThrownBy(() -> other.last(LAST)).isInstanceOf(Scram.Refused.class);
    Scram.Conversation conversation = conversation("pencil");
    conversation.first(FIRST);
    conversation.last(LAST);
    assertThatThrownBy(() -> conversation.last(LAST)).isInstanceOf(Scram.Refused.class);
  }

  @Test
  void whateverIsNoMessageOfTheProtocolIsRefused() {
    for (String message :
        new String[] {
          "",
          "n,,",
          "n,,n=user",
          "n,,n=,r=",
          "y,,n=user,r=a",
          FIRST + "x=",
          "p=tls-unique,,n=user,r=a",
          "n,,n=root,r=a"
        }) {
      if (!message.startsWith(FIRST)) {
        assertThatThrownBy(() -> conversation("pencil").first(message))
            .as(message)
            .isInstanceOf(Scram.Refused.class);
      }
    }
    for (String message :
        new String[] {
          "",
          "p=",
          ",p=",
          "c=biws,r=other,p=AAAA",
          "c=biws,r=" + CLIENT_NONCE + SERVER_NONCE + ",p=",
          "c=biws,r=" + CLIENT_NONCE + SERVER_NONCE + ",p=%%"
        }) {
      assertThatThrownBy(
              () -> {
                Scram.Conversation conversation = conversation("pencil");
                conversation.first(FIRST);
                conversation.last(message);
              })
          .as(message)
          .isInstanceOf(Scram.Refused.class);
    }
  }
}
