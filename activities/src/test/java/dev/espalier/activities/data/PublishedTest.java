package dev.espalier.activities.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.activities.data.Source.DebianPackage;
import dev.espalier.activities.data.Source.WebArchives;
import dev.espalier.activities.data.Source.WebFiles;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PublishedTest {
  private static KnownDataset named(String name) {
    return KnownDataset.all().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<RemoteFile> files(Source source) {
    return switch (source) {
      case DebianPackage _ -> Stream.empty();
      case WebFiles web -> web.files().stream();
      case WebArchives web -> web.archives().stream();
    };
  }

  @Test
  void everyOfficialDataSetIsThere() {
    assertThat(KnownDataset.all())
        .extracting(KnownDataset::name)
        .containsExactly(
            "fashion-mnist",
            "cifar10",
            "cifar100",
            "mnist",
            "svhn",
            "fgvc-aircraft",
            "oxford-pets",
            "nats-bench",
            "imagenet16-120");
    assertThat(named("fashion-mnist").options().classNames()).hasSize(10).contains("ankle-boot");
    assertThat(named("fashion-mnist").sources().getFirst()).isInstanceOf(DebianPackage.class);
    assertThat(named("imagenet16-120").isFetchable()).isFalse();
  }

  @Test
  void everyFileHasAWholeDigestAndAName() {
    Pattern md5 = Pattern.compile("MD5 [0-9a-f]{32}");
    Pattern sha256 = Pattern.compile("SHA-256 [0-9a-f]{64}");
    List<RemoteFile> files =
        KnownDataset.all().stream()
            .flatMap(each -> each.sources().stream())
            .flatMap(PublishedTest::files)
            .toList();
    assertThat(files).hasSizeGreaterThan(15);
    assertThat(files)
        .allSatisfy(file -> {
          String digest = file.digest().toString();
          assertThat(md5.matcher(digest).matches() || sha256.matcher(digest).matches())
              .as(file + "")
              .isTrue();
          assertThat(file.fileName()).matches("[A-Za-z0-9][A-Za-z0-9._-]*\\.(gz|tar|mat)");
        });
  }

  /** Two places for the same file must agree on what it is. */
  @Test
  void mirrorsNameTheSameDigests() {
    for (KnownDataset dataset : KnownDataset.all()) {
      List<List<FileDigest>> digests =
          dataset.sources().stream()
              .filter(source -> !(source instanceof DebianPackage))
              .map(source -> files(source).map(RemoteFile::digest).toList())
              .distinct()
              .toList();
      assertThat(digests).as(dataset.name()).hasSizeLessThanOrEqualTo(1);
    }
  }
}
