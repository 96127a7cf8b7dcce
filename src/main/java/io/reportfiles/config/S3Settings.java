package io.reportfiles.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where report files are kept.
 *
 * @param bucket name or access point ARN of the bucket
 * @param prefix what new keys begin with, without slashes at its ends; may be empty
 * @param region of the bucket; empty: found by the SDK's default chain
 * @param endpoint of an S3-compatible store; empty: Amazon's
 * @param pathStyle whether the bucket is named in the path rather than in the host name
 * @param createBucket whether a bucket that does not exist is created at start
 * @param bucketOwner account id the bucket has to belong to
 * @param credentials who we are
 * @param objects how objects are stored
 * @param client how the store is reached
 */
public record S3Settings(
        String bucket,
        String prefix,
        Optional<String> region,
        Optional<URI> endpoint,
        boolean pathStyle,
        boolean createBucket,
        Optional<String> bucketOwner,
        S3Credentials credentials,
        S3ObjectSettings objects,
        S3ClientSettings client) {

    static final Setting<String> BUCKET = Setting.text(
                    "reportfiles.s3.bucket",
                    "[A-Za-z0-9._-]{3,63}|arn:\\S{1,2000}",
                    "a bucket name or access point ARN")
            .or("report-files")
            .meaning("The bucket that holds the files. It should keep versions.");
    static final Setting<String> PREFIX = Setting.text(
                    "reportfiles.s3.prefix",
                    "/*(?!\\.{1,2}(/|$))[A-Za-z0-9!_.*'()-]+(/(?!\\.{1,2}(/|$))[A-Za-z0-9!_.*'()-]+)*/*",
                    "segments of ASCII letters, digits or `! _ . * ' ( ) -`, separated by slashes")
            .meaning("What the keys of new files begin with. Files stored under another prefix stay readable.");
    static final Setting<String> REGION = Setting.text(
                    "reportfiles.s3.region", "[A-Za-z0-9-]{1,64}", "a region such as `eu-central-1`")
            .meaning(
                    "Region of the bucket. Absent: `us-east-1` if an endpoint is set, else what the SDK's default chain"
                            + " finds (`AWS_REGION`, profile, instance), else `us-east-1`.");
    static final Setting<URI> ENDPOINT = Setting.address("reportfiles.s3.endpoint")
            .meaning("Address of an S3-compatible store or of a VPC endpoint. Absent: Amazon's own for the region.");
    static final Setting<Boolean> PATH_STYLE = Setting.flag("reportfiles.s3.path-style")
            .or("false")
            .meaning("Names the bucket in the path instead of the host name; what most S3-compatible stores want.");
    static final Setting<Boolean> CREATE_BUCKET = Setting.flag("reportfiles.s3.create-bucket")
            .or("false")
            .meaning("Creates the bucket at start if it does not exist, and turns its versioning on.");
    static final Setting<String> BUCKET_OWNER = Setting.text(
                    "reportfiles.s3.bucket-owner", "\\d{12}", "an account id of 12 digits")
            .meaning("Account the bucket has to belong to; S3 refuses every request when it belongs to another.");

    static final List<Setting<?>> ALL =
            List.of(BUCKET, PREFIX, REGION, ENDPOINT, PATH_STYLE, CREATE_BUCKET, BUCKET_OWNER);

    static S3Settings read(SettingsReader reader) {
        return new S3Settings(
                reader.read(BUCKET),
                reader.find(PREFIX).orElse("").replaceAll("^/++|(?<!/)/++$", ""),
                reader.find(REGION),
                reader.find(ENDPOINT),
                reader.read(PATH_STYLE),
                reader.read(CREATE_BUCKET),
                reader.find(BUCKET_OWNER),
                S3Credentials.read(reader),
                S3ObjectSettings.read(reader),
                S3ClientSettings.read(reader));
    }
}
